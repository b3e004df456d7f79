// What a reader may do with an answer that is whole: copy it, edit its question, say what they think.

import { announce, el, fetchPage, say } from "./dom.js";

/** Show the acts that need a script, in an exchange that the server drew. */
export function enliven(exchange) {
  for (const button of exchange.querySelectorAll("[data-act]")) {
    button.hidden = button.dataset.act === "copy" && !navigator.clipboard;
  }
}

/** Copy an answer with its footnotes as plain text. */
export async function copy(exchange) {
  await navigator.clipboard.writeText(write(exchange));
  announce(say("copied"));
  exchange.querySelector("[data-act=copy]").textContent = say("copied");
}

function write(exchange) {
  const lines = [exchange.querySelector(".asked").textContent, ""];
  for (const part of exchange.querySelectorAll(".said h3, .said p:not(.place), .said li")) {
    lines.push(`${part.tagName === "LI" ? "- " : ""}${writeSentences(part)}`);
  }
  for (const remark of exchange.querySelectorAll(":scope > :is(.missing, .remark)")) {
    lines.push("", remark.textContent.trim());
  }
  const notes = exchange.querySelectorAll(".notes > li");
  if (notes.length) lines.push("");
  for (const note of notes) {
    const quote = note.querySelector(".quote").textContent;
    lines.push(`[${note.dataset.note}] “${quote}” (${note.querySelector(".place").textContent})`);
  }
  const link = exchange.querySelector(".permalink");
  if (link) lines.push("", link.href);
  return lines.join("\n");
}

function writeSentences(part) {
  const copied = part.cloneNode(true);
  for (const doubt of copied.querySelectorAll(".unsupported")) {
    doubt.replaceWith(`(${doubt.textContent})`);
  }
  for (const mark of copied.querySelectorAll(".mark")) mark.replaceWith(`[${mark.textContent}]`);
  return copied.textContent.replace(/\s+/g, " ").trim();
}

/** Send what the reader thinks, and put the form as it is then in the place of the one before. */
export async function judge(form, button) {
  const sent = new URLSearchParams(new FormData(form));
  sent.set(button.name, button.value);
  const page = await fetchPage(form.action, sent);
  const fresh = page?.getElementById(form.id);
  if (!fresh) {
    announce(say("unrated"));
    form.querySelector(".thanks")?.remove();
    form.append(el("p", { class: "thanks" }, say("unrated")));
    return;
  }
  const after = document.importNode(fresh, true);
  form.replaceWith(after);
  (after.querySelector("details[open] textarea") ?? after.querySelector("[aria-pressed=true]")).focus();
  announce(after.querySelector(".thanks").textContent);
}
