// The article beside the chat: a column on a wide screen, a sheet over the chat on a narrow one.
// The article comes as our own page, escaped by its template, and is moved in as nodes.

import { el, fetchPage, say } from "./dom.js";

const panel = document.getElementById("panel");
const body = panel.querySelector(".panel-body");
const wide = matchMedia("(min-width: 62rem)");

let opener = null;
let shown = { exchange: null, notes: [] };
let lit = { exchange: null, notes: [] };

/** Follow a link to an article: open it in the panel and make it a step of the history. */
export function follow(link) {
  const state = describe(link);
  history.pushState(state, "", state.hash);
  opener = link;
  open(state);
}

/** Close the panel, which is a step of the history too: "back" opens it again. */
export function dismiss() {
  history.pushState(null, "", location.pathname + location.search);
  close();
}

/** Show what a step of the history stands for. */
export function restore(state) {
  if (state?.panel) open(state);
  else close();
}

/** Go on with the answer that takes a draft's place, if the panel shows an article for the draft. */
export function adopt(draft, whole) {
  if (shown.exchange !== draft) return;
  shown.exchange = whole.dataset.exchange;
  shown.hash = shown.hash.replace(`note-${draft}-`, `note-${shown.exchange}-`);
  opener = whole.querySelector(`.mark a[data-note="${shown.notes[0]}"]`);
  history.replaceState(shown, "", shown.hash);
}

/** Light the passages of these footnotes, if the panel shows the article for this exchange. */
export function light(exchange, notes) {
  lit = { exchange, notes };
  for (const mark of body.querySelectorAll("mark")) {
    const mine = mark.dataset.passages.split(" ").map((index) => shown.notes[index]);
    mark.classList.toggle("lit", exchange === shown.exchange && mine.some((n) => notes.includes(n)));
  }
}

/** Work out what a link opens: its passage first, then what else the answer cites from there. */
function describe(link) {
  const target = new URL(link.href);
  const exchange = link.closest(".exchange");
  const wanted = new URL(target);
  const notes = [link.dataset.note ?? link.closest("[data-note]")?.dataset.note];
  for (const note of exchange.querySelectorAll(".notes > li")) {
    const quote = note.querySelector("a.quote");
    if (!quote) continue; // the articles no longer say it
    const other = new URL(quote.href);
    if (other.pathname !== target.pathname || note.dataset.note === notes[0]) continue;
    wanted.searchParams.append("start", other.searchParams.get("start"));
    wanted.searchParams.append("end", other.searchParams.get("end"));
    notes.push(note.dataset.note);
  }
  return {
    panel: wanted.pathname + wanted.search,
    page: target.pathname + target.search + target.hash,
    hash: notes[0] ? `#note-${exchange.dataset.exchange}-${notes[0]}` : "#passage",
    exchange: exchange.dataset.exchange,
    notes,
  };
}

async function open(state) {
  shown = state;
  panel.querySelector(".open-page").href = state.page;
  show();
  body.replaceChildren(el("p", { class: "wait" }, say("loading")));
  const article = await fetchArticle(state.panel);
  if (shown !== state) return; // another one was opened, or this one closed, in the meantime
  body.replaceChildren(article ?? el("p", { class: "wait" }, say("unopened")));
  light(lit.exchange, lit.notes); // the pointer may have been on a sentence before the article came
  const title = article?.querySelector("h2").textContent ?? say("passage_panel");
  panel.querySelector(".panel-title").textContent = title;
  panel.setAttribute("aria-label", title);
  land(body.querySelector("#passage"));
}

function land(passage) {
  const target = passage ?? body;
  if (passage) passage.tabIndex = -1;
  target.focus({ preventScroll: true });
  if (passage) center(passage);
  else body.scrollTop = 0;
}

/** Scroll the article alone: `scrollIntoView` would move the chat beside it too. */
function center(passage) {
  const box = passage.getBoundingClientRect();
  const frame = body.getBoundingClientRect();
  body.scrollTop += box.top - frame.top - Math.max(0, (frame.height - box.height) / 2);
  const wider = passage.closest(".scroller");
  if (wider) wider.scrollLeft += box.left - wider.getBoundingClientRect().left;
}

function show() {
  if (panel.open) return;
  stay(opener, () => (wide.matches ? panel.show() : panel.showModal()));
}

/** Do what changes the chat's width, and keep an element where the eye has it. */
function stay(element, act) {
  const before = element?.getBoundingClientRect().top;
  act();
  if (!element?.isConnected) return;
  scrollBy({ top: element.getBoundingClientRect().top - before, behavior: "instant" });
}

function close() {
  if (!panel.open) return;
  shown = { exchange: null, notes: [] };
  stay(opener, () => panel.close());
  body.replaceChildren();
  const back = opener?.isConnected ? opener : document.getElementById("question");
  back.focus({ preventScroll: wide.matches });
}

async function fetchArticle(url) {
  const article = (await fetchPage(url))?.querySelector("article.article");
  return article ? demote(document.importNode(article, true)) : null;
}

/** Put an article's headings one level down: the chat's own heading stands above them. */
function demote(article) {
  for (const heading of article.querySelectorAll("h1, h2, h3, h4, h5")) {
    const lower = el(`h${Number(heading.tagName[1]) + 1}`, {}, ...heading.childNodes);
    for (const { name, value } of heading.attributes) lower.setAttribute(name, value);
    heading.replaceWith(lower);
  }
  return article;
}

panel.querySelector(".close").addEventListener("click", dismiss);
panel.addEventListener("cancel", (event) => {
  event.preventDefault();
  dismiss();
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !panel.open) return;
  event.preventDefault();
  dismiss();
});
wide.addEventListener("change", () => {
  if (!panel.open) return;
  panel.close();
  show();
});
