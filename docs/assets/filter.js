// A box of words above long tables: rows that lack one of them are hidden. The words stand in the address, as ?filter=.
(() => {
  "use strict";

  const PARAMETER = "filter";
  const said = (row) => {
    const marks = [...row.querySelectorAll("[aria-label]")].map((mark) => mark.getAttribute("aria-label"));
    return `${row.textContent} ${marks.join(" ")}`.toLowerCase();
  };

  // What introduces a part: all since its own third-level heading, where it has one.
  const lead = (part) => {
    const found = [];
    for (let before = part.previousElementSibling; before?.matches("p, h3"); before = before.previousElementSibling) {
      found.push(before);
      if (before.matches("h3")) return found;
    }
    return [];
  };

  const start = () => {
    const parts = [...document.querySelectorAll(".ww-filtered")];
    if (!parts.length || document.querySelector(".ww-filter")) return;
    const rows = parts.flatMap((part) => [...part.querySelectorAll("tbody tr")]).map((row) => ({ row, text: said(row) }));
    const leads = new Map(parts.map((part) => [part, lead(part)]));
    const box = document.createElement("p");
    box.className = "ww-filter";
    box.innerHTML = '<label><span>Filter</span> <input type="search" autocomplete="off" spellcheck="false"></label> <output></output>';
    const input = box.querySelector("input");
    input.placeholder = "failed, MUST, AUD-02 …";
    (leads.get(parts[0]).at(-1) ?? parts[0]).before(box);

    const show = () => {
      const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      let count = 0;
      for (const { row, text } of rows) {
        row.hidden = !words.every((word) => text.includes(word));
        if (!row.hidden) count += 1;
      }
      for (const part of parts) {
        const isEmpty = !part.querySelector("tbody tr:not([hidden])");
        for (const element of [part, ...leads.get(part)]) element.hidden = isEmpty;
      }
      box.querySelector("output").textContent = words.length ? `${count} of ${rows.length} ${parts[0].dataset.of}` : "";
    };

    input.addEventListener("input", () => {
      const address = new URL(location.href);
      if (input.value) address.searchParams.set(PARAMETER, input.value);
      else address.searchParams.delete(PARAMETER);
      history.replaceState(history.state, "", address);
      show();
    });
    input.value = new URL(location.href).searchParams.get(PARAMETER) ?? "";
    show();
  };

  if (window.document$) window.document$.subscribe(start);
  else start();
})();
