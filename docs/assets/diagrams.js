// Draws the diagrams of a page: only where there are any, only when they come into view, again when the palette changes.
// Without it, or before it ran, a reader sees the diagram's source and the table or list that says the same.
(() => {
  "use strict";

  const engineUrl = document.currentScript.src.replace(/diagrams\.js(\?.*)?$/, "diagrams-engine.js");
  const MARGIN = 300;
  const SMALLEST = 0.66;
  let engine;
  let number = 0;
  let queue = Promise.resolve();
  let viewport;

  const isDark = () => document.body.getAttribute("data-md-color-scheme") === "slate";

  const palette = () => {
    const style = getComputedStyle(document.body);
    const read = (name) => style.getPropertyValue(name).trim();
    return {
      darkMode: isDark(),
      fontFamily: getComputedStyle(document.querySelector(".md-typeset") || document.body).fontFamily,
      fontSize: "14px",
      background: read("--ww-paper"),
      primaryColor: read("--ww-node"),
      primaryTextColor: read("--ww-ink"),
      primaryBorderColor: read("--ww-node-edge"),
      lineColor: read("--ww-ink-soft"),
      textColor: read("--ww-ink"),
      edgeLabelBackground: read("--ww-paper"),
      noteBkgColor: read("--ww-note"),
      noteTextColor: read("--ww-ink"),
      noteBorderColor: read("--ww-note-edge"),
      actorBkg: read("--ww-node"),
      actorTextColor: read("--ww-ink"),
      actorBorder: read("--ww-node-edge"),
      actorLineColor: read("--ww-line"),
      signalColor: read("--ww-ink-soft"),
      signalTextColor: read("--ww-ink"),
      labelBoxBkgColor: read("--ww-note"),
      labelTextColor: read("--ww-ink"),
      loopTextColor: read("--ww-ink"),
    };
  };

  const load = () => {
    engine ||= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = engineUrl;
      script.onload = () => resolve(window.mermaid);
      script.onerror = () => reject(new Error(`cannot load ${engineUrl}`));
      document.head.append(script);
    });
    return engine;
  };

  // The mark in an edge's label says its verdict; the edge repeats it in colour and dash.
  const verdicts = [["✗", "edge-failed"], ["?", "edge-not-run"], ["○", "edge-skipped"], ["✓", "edge-passed"]];

  const colourEdges = (drawing) => {
    for (const label of drawing.querySelectorAll(".edgeLabels .label[data-id]")) {
      const verdict = verdicts.find(([mark]) => label.textContent.includes(mark));
      const edge = drawing.querySelector(`.edgePaths path[data-id="${CSS.escape(label.dataset.id)}"]`);
      if (!verdict || !edge) continue;
      edge.classList.add(verdict[1]);
      label.classList.add(verdict[1]);
    }
  };

  const draw = async (source) => {
    const figure = source.closest(".ww-diagram") || source.parentElement;
    const text = source.textContent;
    const scheme = String(isDark());
    if (source.dataset.drawn === scheme) return;
    try {
      const mermaid = await load();
      const isNarrow = figure.clientWidth < 620 && text.split("\n  participant ").length > 3;
      mermaid.initialize({
        startOnLoad: false,
        securityLevel: "strict",
        theme: "base",
        look: "classic",
        themeVariables: palette(),
        flowchart: { useMaxWidth: false, padding: 14, wrappingWidth: 320, nodeSpacing: 32, rankSpacing: 40 },
        sequence: { useMaxWidth: false, mirrorActors: false, diagramMarginX: 4, diagramMarginY: 4, messageMargin: 30, noteMargin: 8, noteAlign: "left", actorMargin: isNarrow ? 16 : 50, width: isNarrow ? 84 : 120, height: 40 },
      });
      number += 1;
      const { svg } = await mermaid.render(`diagram-${number}`, text);
      let drawing = figure.querySelector(".ww-drawing");
      if (!drawing) {
        drawing = document.createElement("div");
        drawing.className = "ww-drawing";
        drawing.tabIndex = 0;
        drawing.setAttribute("role", "img");
        drawing.setAttribute("aria-label", figure.getAttribute("aria-label") || "Diagram");
        source.after(drawing);
      }
      drawing.innerHTML = svg;
      colourEdges(drawing);
      // Past this the words are too small to read, and a reader scrolls sideways instead.
      const image = drawing.querySelector("svg");
      image.style.minWidth = `${Math.round(image.viewBox.baseVal.width * SMALLEST)}px`;
      // A map is entered in its middle, a sequence where it begins.
      if (text.startsWith("flowchart")) drawing.scrollLeft = (drawing.scrollWidth - drawing.clientWidth) / 2;
      source.hidden = true;
      source.dataset.drawn = scheme;
      figure.dataset.state = "drawn";
    } catch (error) {
      figure.dataset.state = "failed";
      console.error("diagram:", error);
    }
  };

  // Drawing takes longer than a frame: while the page moves it waits, and what has been passed by is left for later.
  const REST = 100;
  let movedAt = -REST;
  addEventListener("scroll", () => { movedAt = performance.now(); }, { passive: true });
  const rest = async () => {
    for (let left; (left = movedAt + REST - performance.now()) > 0; ) await new Promise((next) => setTimeout(next, left));
  };

  const isNear = (source) => {
    const { top, bottom } = (source.closest(".ww-diagram") || source.parentElement).getBoundingClientRect();
    return bottom > -MARGIN && top < innerHeight + MARGIN;
  };

  const enqueue = (source) => {
    queue = queue.then(rest).then(() => (isNear(source) ? draw(source) : undefined));
  };

  const watch = () => {
    viewport?.disconnect();
    const sources = document.querySelectorAll("pre.diagram");
    if (!sources.length) return;
    viewport = new IntersectionObserver(
      (entries) => {
        for (const entry of entries) {
          if (!entry.isIntersecting) continue;
          const source = entry.target.querySelector("pre.diagram");
          if (source) enqueue(source);
        }
      },
      { rootMargin: `${MARGIN}px` },
    );
    for (const source of sources) viewport.observe(source.closest(".ww-diagram") || source.parentElement);
  };

  new MutationObserver(watch).observe(document.body, { attributeFilter: ["data-md-color-scheme"] });
  if (window.document$) window.document$.subscribe(watch);
  else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", watch);
  else watch();
})();
