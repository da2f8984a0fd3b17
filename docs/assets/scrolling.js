// A table that is wider than its page can be scrolled by keyboard too.
(() => {
  "use strict";

  const reach = () => {
    for (const wrap of document.querySelectorAll(".md-typeset__scrollwrap, .ww-table")) {
      if (wrap.scrollWidth > wrap.clientWidth) wrap.tabIndex = 0;
    }
  };

  // The theme wraps tables when it has shown the page.
  const later = () => setTimeout(reach, 50);
  if (window.document$) window.document$.subscribe(later);
  else later();
})();
