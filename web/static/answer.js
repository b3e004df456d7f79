// Draws an answer while it streams in. When it is whole, the server's own drawing takes its place.

import { el, say } from "./dom.js";

let drawn = 0;

/** A question on the page whose answer is on its way. */
export class Draft {
  constructor(question) {
    const id = `asked-draft-${++drawn}`;
    this.citations = new Map();
    this.verdict = el("p", { class: "verdict", "data-verdict": "pending" }, say("retrieving"));
    this.said = el("div", { class: "said" });
    this.foot = el("div", { class: "acts" });
    this.element = el(
      "article",
      { class: "exchange draft", "aria-labelledby": id, "data-exchange": `draft-${drawn}` },
      el("h2", { class: "asked", id }, question),
      this.verdict,
      this.said,
      this.foot,
    );
  }

  showStatus(key) {
    this.verdict.textContent = say(key);
  }

  addCitation(citation) {
    this.citations.set(citation.number, citation);
  }

  addSentence(sentence) {
    const element = drawSentence(sentence, this.citations);
    const last = this.said.lastElementChild;
    if (sentence.form === "item") {
      const list = last?.tagName === "UL" ? last : this.said.appendChild(el("ul"));
      list.append(el("li", {}, element));
    } else if (last?.tagName === "P") {
      last.append(" ", element);
    } else {
      this.said.append(el("p", {}, element));
    }
  }

  /** Show the verdict of a whole answer that the server hasn't drawn; `kept` says if it has it. */
  finish(answer, kept) {
    this.verdict.dataset.verdict = answer.verdict;
    this.verdict.textContent = say(answer.verdict);
    if (!answer.sentences.length) this.said.replaceChildren(el("p", {}, say("nothing_found")));
    for (const note of answer.notes) {
      this.foot.before(el("p", { class: "remark" }, note));
    }
    if (!kept) this.foot.append(el("p", { class: "remark" }, say("unkept")));
  }

  /** Say that there is no whole answer, and offer what may be done. */
  fail(reason, acts) {
    this.verdict.dataset.verdict = "failed";
    this.verdict.textContent = reason;
    for (const [key, act] of Object.entries(acts)) {
      const button = el("button", { type: "button", class: "quiet" }, say(key));
      button.addEventListener("click", act);
      this.foot.append(button);
    }
  }
}

function drawSentence(sentence, citations) {
  const element = el(
    "span",
    { class: "sentence", "data-notes": sentence.citations.join(" ") },
    sentence.supported ? sentence.text : el("span", { class: "doubted" }, sentence.text),
    ...sentence.citations.map((number) => drawMark(number, citations.get(number))),
  );
  if (!sentence.supported) element.append(" ", drawDoubt(sentence.reason));
  return element;
}

function drawDoubt(reason) {
  const why = reason ? `: ${reason}` : "";
  return el("span", { class: "unsupported" }, say("unsupported") + why);
}

function drawMark(number, citation) {
  const place = [citation.title, ...citation.heading_path].join(", ");
  const label = say("note", { number, place });
  const link = el("a", { href: citation.url, "data-note": number, "aria-label": label }, `${number}`);
  return el("sup", { class: "mark" }, link);
}
