// A box of words above long tables: rows that lack one of them are hidden. The words stand in the address, as ?filter=.
// A word like is:must asks for what a row is marked as: its level, its party, its verdict.
(() => {
  "use strict";

  const PARAMETER = "filter";
  const said = (row) => {
    const marks = [...row.querySelectorAll("[aria-label]")].map((mark) => mark.getAttribute("aria-label"));
    const facets = [...row.querySelectorAll(".ww-facet")].map((facet) => facet.textContent);
    const is = [...marks, ...facets].map((facet) => `is:${facet.replace(/\s+/g, "-")} `);
    return `${row.textContent} ${marks.join(" ")} ${is.join("")}`.toLowerCase();
  };
  const asks = (text, word) => text.includes(word.startsWith("is:") ? `${word} ` : word);

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

    const offers = (parts[0].dataset.offers ?? "").split(",").filter(Boolean).map((name) => {
      const word = `is:${name.replace(/\s+/g, "-")}`.toLowerCase();
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = name;
      button.addEventListener("click", () => {
        const asked = new Set(input.value.split(/\s+/).filter(Boolean));
        if (!asked.delete(word)) asked.add(word);
        input.value = [...asked].join(" ");
        input.dispatchEvent(new Event("input"));
      });
      return { button, word };
    });
    const group = document.createElement("span");
    group.className = "ww-offers";
    group.append(...offers.map(({ button }) => button));
    box.append(group);

    const show = () => {
      const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      for (const { button, word } of offers) button.setAttribute("aria-pressed", String(words.includes(word)));
      let count = 0;
      for (const { row, text } of rows) {
        row.hidden = !words.every((word) => asks(text, word));
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
