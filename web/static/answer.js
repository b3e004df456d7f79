// Draws one question with its answer and footnotes, in the shape of templates/_answer.html.

import { el, say } from "./dom.js";

/** An exchange on the page, which fills up while its answer streams in. */
export class Exchange {
  constructor(number, question) {
    this.number = number;
    this.sentences = [];
    this.citations = new Map();
    this.verdict = el("p", { class: "verdict", "data-verdict": "pending" }, say("retrieving"));
    this.said = el("div", { class: "said" });
    this.foot = el("div", { class: "foot" });
    this.element = el(
      "article",
      { class: "exchange", "aria-labelledby": `asked-${number}`, "data-exchange": number },
      el("h2", { class: "asked", id: `asked-${number}` }, question),
      this.verdict,
      this.said,
      this.foot,
    );
  }

  showStatus(stage) {
    this.verdict.textContent = say(stage);
  }

  addCitation(citation) {
    this.citations.set(citation.number, citation);
  }

  addSentence(sentence) {
    this.sentences.push(sentence);
    addSentence(this.said, sentence, this.citations);
  }

  /** Show the answer whole, as it came in the last event. */
  finish(answer) {
    if (JSON.stringify(this.sentences) !== JSON.stringify(answer.sentences)) {
      this.said.replaceChildren();
      this.citations = new Map(answer.citations.map((citation) => [citation.number, citation]));
      answer.sentences.forEach((sentence) => addSentence(this.said, sentence, this.citations));
    }
    this.verdict.dataset.verdict = answer.verdict;
    this.verdict.textContent = say(answer.verdict);
    if (answer.verdict === "not_in_articles") {
      this.verdict.after(el("p", { class: "declined" }, say("nothing_found")));
    }
    this.foot.replaceChildren(...drawFoot(answer, this.number));
  }

  /** Say that there is no whole answer, and offer to ask again. */
  fail(reason, retry) {
    const button = el("button", { type: "button", class: "quiet" }, say("retry"));
    button.addEventListener("click", retry);
    this.verdict.dataset.verdict = "failed";
    this.verdict.textContent = reason;
    this.foot.replaceChildren(button);
  }
}

function addSentence(said, sentence, citations) {
  const element = drawSentence(sentence, citations);
  const last = said.lastElementChild;
  if (sentence.form === "item") {
    const list = last?.tagName === "UL" ? last : said.appendChild(el("ul"));
    list.append(el("li", {}, element));
  } else if (last?.tagName === "P") {
    last.append(" ", element);
  } else {
    said.append(el("p", {}, element));
  }
}

function drawSentence(sentence, citations) {
  const element = el(
    "span",
    { class: "sentence", "data-notes": sentence.citations.join(" ") },
    sentence.text,
    ...sentence.citations.map((number) => drawMark(number, citations.get(number))),
  );
  if (!sentence.supported) element.append(el("span", { class: "unsupported" }, say("unsupported")));
  return element;
}

function drawMark(number, citation) {
  const place = [citation.title, ...citation.heading_path].join(", ");
  const label = say("note", { number, place });
  const link = el("a", { href: citation.url, "data-note": number, "aria-label": label }, `${number}`);
  return el("sup", { class: "mark" }, link);
}

function drawFoot(answer, number) {
  const parts = [];
  if (answer.missing.length) {
    parts.push(el("p", { class: "missing" }, `${say("missing")} ${answer.missing.join("; ")}`));
  }
  parts.push(...answer.notes.map((note) => el("p", { class: "remark" }, note)));
  if (answer.nearest.length) {
    parts.push(el("h3", {}, say("nearest")));
    parts.push(el("ul", { class: "nearest" }, ...answer.nearest.map(drawSection)));
  }
  if (answer.citations.length) {
    parts.push(el("h3", { class: "hidden" }, say("notes")));
    const notes = answer.citations.map((citation) => drawNote(citation, number));
    parts.push(el("ol", { class: "notes" }, ...notes));
  }
  return parts;
}

function drawSection(section) {
  const path = [section.title, ...section.heading_path];
  const place = path.length > 1 ? path.slice(0, -1) : path;
  return el(
    "li",
    {},
    el("a", { href: section.url }, path.at(-1)),
    " ",
    el("span", { class: "place" }, place.join(" › ")),
  );
}

function drawNote(citation, exchange) {
  const { number } = citation;
  const place = el("span", { class: "place" }, el("cite", {}, citation.title));
  place.append(citation.heading_path.map((heading) => ` › ${heading}`).join(""));
  if (citation.page !== null) place.append(`, ${say("page", { page: citation.page })}`);
  return el(
    "li",
    { id: `note-${exchange}-${number}`, value: number, "data-note": number },
    el("a", { class: "quote", href: citation.url }, citation.quote),
    " ",
    place,
  );
}
