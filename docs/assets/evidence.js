// A link to a row's evidence opens it, and whatever it is folded into.
(() => {
  "use strict";

  const open = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const folded = [];
    for (let around = target?.closest("details"); around; around = around.parentElement.closest("details")) folded.push(around);
    if (!folded.length) return;
    for (const details of folded) details.open = true;
    target.scrollIntoView();
  };

  window.addEventListener("hashchange", open);
  if (window.document$) window.document$.subscribe(open);
  else open();
  // The browser does not report a click on the link of the place it is already at.
  document.addEventListener("click", (click) => {
    const link = click.target.closest?.('a[href*="#"]');
    if (link && link.hash === location.hash) open();
  });
})();
