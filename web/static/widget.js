// The chat on another site's page: a button that opens it in a frame.
//
//   <script src="https://chat.example/static/widget.js" data-label="Ask us" data-accent="#04506b" defer></script>
//
// The chat's own site names the sites that may do this (--embedder). A page with a policy of its own
// needs `script-src` and `frame-src` for the chat's site, and nothing for styles.
//
// data-label        what the button says                 data-accent     its colour
// data-title        what the chat is called              data-on-accent  the colour of its text
// data-position     "right" (default) or "left"          data-font       its font
// data-scheme       "light", "dark" or "auto" (default)  data-radius     its corners, and the chat's
// data-width, data-height    of the chat                 data-layer      its z-index
// data-open         "true" opens the chat with the page

(() => {
  "use strict";

  const script = document.currentScript;
  if (!script || document.querySelector("footnote-chat")) return;
  const site = new URL(script.src).origin;
  const given = { ...script.dataset };

  const WORDS = {
    en: {
      label: "Ask the articles",
      title: "Questions and answers",
      close: "Close",
      refused: "The chat can’t be shown on this page.",
      open: "Open it in a tab",
    },
    es: {
      label: "Pregunte a los artículos",
      title: "Preguntas y respuestas",
      close: "Cerrar",
      refused: "El chat no se puede mostrar en esta página.",
      open: "Abrirlo en otra pestaña",
    },
  };
  const language = (document.documentElement.lang || navigator.language).slice(0, 2).toLowerCase();
  const words = WORDS[language] ?? WORDS.en;

  const PATIENCE = 1000; // ms after the frame has loaded; a chat that may be shown says so at once

  const STYLE = `
    :host { all: initial; }
    * { box-sizing: border-box; }
    [hidden] { display: none !important; }
    button, p, a { font: 600 15px/1.3 var(--font, system-ui, sans-serif); }
    button { cursor: pointer; border: 0; }
    :focus-visible { outline: 3px solid var(--accent, #8f2c1c); outline-offset: 3px; box-shadow: 0 0 0 3px #fff; }
    .toggle, .panel { position: fixed; z-index: var(--layer, 2147483000); right: 20px; }
    :host([data-position="left"]) :is(.toggle, .panel) { right: auto; left: 20px; }
    .toggle {
      display: flex; align-items: center; gap: 9px; bottom: 20px; min-height: 48px; max-width: calc(100vw - 40px);
      padding: 10px 20px; border-radius: var(--radius, 24px); background: var(--accent, #8f2c1c);
      color: var(--on-accent, #fffaf5); box-shadow: 0 2px 5px rgb(0 0 0 / 0.2), 0 6px 20px rgb(0 0 0 / 0.16);
    }
    .toggle svg { flex: none; width: 20px; height: 20px; fill: none; stroke: currentColor; stroke-width: 1.7; stroke-linecap: round; stroke-linejoin: round; }
    .panel {
      display: flex; flex-direction: column; bottom: 84px; overflow: hidden;
      width: min(var(--width, 420px), calc(100vw - 40px)); height: min(var(--height, 680px), calc(100vh - 108px));
      background: #fbf9f4; color: #211d18; background: light-dark(#fbf9f4, #171512); color: light-dark(#211d18, #e8e2d7);
      border: 1px solid light-dark(#ddd5c7, #3b362e); border-radius: min(var(--radius, 12px), 16px);
      box-shadow: 0 4px 12px rgb(0 0 0 / 0.14), 0 16px 48px rgb(0 0 0 / 0.22);
    }
    .bar { display: flex; align-items: center; justify-content: space-between; padding: 4px 4px 4px 16px; border-bottom: 1px solid light-dark(#ddd5c7, #3b362e); }
    .bar p { margin: 0; overflow: hidden; white-space: nowrap; text-overflow: ellipsis; }
    .close { flex: none; width: 44px; height: 40px; border-radius: 8px; background: none; color: inherit; font-size: 24px; font-weight: 400; }
    .close:focus-visible { outline-offset: -3px; box-shadow: none; }
    iframe { flex: 1; width: 100%; min-height: 0; border: 0; }
    .refused { margin: 0; padding: 20px 16px; font-weight: 400; }
    .refused a { color: inherit; }
    @media (max-width: 480px), (max-height: 480px) {
      .panel, :host([data-position="left"]) .panel { inset: 0; width: auto; height: auto; border: 0; border-radius: 0; }
      .panel:not([hidden]) + .toggle { display: none; }
    }
    @media print { .panel, .toggle { display: none; } }
  `;

  function make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  }

  function drawIcon() {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 20 20");
    svg.setAttribute("aria-hidden", "true");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("d", "M3 4.5h14V14H9l-4 3.5V14H3zM6.5 8h7M6.5 10.7H11");
    svg.append(path);
    return svg;
  }

  const host = make("footnote-chat", given.position === "left" ? { "data-position": "left" } : {});
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [sheet];

  const title = given.title || words.title;
  const toggle = make(
    "button",
    { class: "toggle", type: "button", "aria-expanded": "false", "aria-controls": "panel" },
    drawIcon(),
    make("span", {}, given.label || words.label),
  );
  const close = make("button", { class: "close", type: "button", "aria-label": words.close }, "×");
  const panel = make(
    "div",
    { class: "panel", id: "panel", role: "dialog", "aria-label": title, hidden: "" },
    make("div", { class: "bar" }, make("p", {}, title), close),
  );
  root.append(panel, toggle);

  const THEME = {
    accent: "color", "on-accent": "color", font: "font-family", radius: "border-radius",
    width: "width", height: "height", layer: "z-index",
  };
  for (const [name, property] of Object.entries(THEME)) {
    const value = script.getAttribute(`data-${name}`);
    // A slip falls back to the default instead of taking the whole rule with it.
    if (value && CSS.supports(property, value)) host.style.setProperty(`--${name}`, value);
  }
  const schemes = { light: "light", dark: "dark" };
  host.style.setProperty("color-scheme", schemes[given.scheme] ?? "light dark");

  let frame = null;
  let ready = false;

  function open({ focus = true } = {}) {
    panel.hidden = false;
    toggle.setAttribute("aria-expanded", "true");
    if (!frame) load();
    if (focus) enter();
  }

  function shut() {
    if (panel.hidden) return;
    panel.hidden = true;
    toggle.setAttribute("aria-expanded", "false");
    toggle.focus();
  }

  function load() {
    frame = make("iframe", { src: `${site}/`, title, allow: "clipboard-write" });
    frame.style.setProperty("color-scheme", schemes[given.scheme] ?? "light dark");
    frame.addEventListener("load", () => setTimeout(() => ready || refuse(), PATIENCE), { once: true });
    panel.append(frame);
  }

  let wanted = false; // the focus, by a chat that is still on its way

  function enter() {
    wanted = !ready;
    if (!ready) return close.focus();
    frame.focus();
    frame.contentWindow.postMessage({ footnote: "focus" }, site);
  }

  function refuse() {
    const link = make("a", { href: `${site}/`, target: "_blank", rel: "noopener" }, words.open);
    frame.replaceWith(make("p", { class: "refused", role: "alert" }, `${words.refused} `, link));
  }

  addEventListener("message", (event) => {
    if (event.origin !== site || !frame || event.source !== frame.contentWindow) return;
    const said = event.data?.footnote;
    if (said === "ready") {
      ready = true;
      // Only if the reader has not gone elsewhere in the meantime.
      if (wanted && root.activeElement === close) enter();
      wanted = false;
    }
    if (said === "close") shut();
  });
  toggle.addEventListener("click", () => (panel.hidden ? open() : shut()));
  close.addEventListener("click", shut);
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || panel.hidden) return;
    event.stopPropagation();
    shut();
  });

  function settle() {
    document.body.append(host);
    if (given.open === "true") open({ focus: false });
  }

  if (document.body) settle();
  else addEventListener("DOMContentLoaded", settle);
})();
