// The chat: sends the question, shows the answer as it comes, and opens its footnotes.

import { Exchange } from "./answer.js";
import { say } from "./dom.js";
import { follow, light, restore } from "./panel.js";
import { ask, Refusal } from "./stream.js";

const form = document.getElementById("ask");
const field = document.getElementById("question");
const button = form.querySelector("button");
const exchanges = document.getElementById("exchanges");
const announcer = document.getElementById("announcer");

const turns = readTurns();
let running = null;

/** Take up the conversation that the server drew into the form. */
function readTurns() {
  return [...form.querySelectorAll("input[type=hidden]")].map((input) => ({
    role: input.name === "asked" ? "user" : "assistant",
    content: trim(input.value),
  }));
}

/** Keep a turn within the API's limit, without parting a character of two code units. */
function trim(content) {
  return [...content].slice(0, Number(form.dataset.turn)).join("");
}

async function send(question) {
  if (running) return;
  const exchange = new Exchange(exchanges.children.length + 1, question);
  begin(exchange, question);
  running = new AbortController();
  button.textContent = say("stop");
  try {
    const answer = await receive(exchange, question, running.signal);
    turns.push({ role: "user", content: trim(question) });
    turns.push({ role: "assistant", content: trim(answer.answer) });
    announcer.textContent = [say(answer.verdict), ...answer.sentences.map((s) => s.text)].join(" ");
  } catch (error) {
    const reason = explain(error);
    exchange.fail(reason, () => again(exchange, question));
    announcer.textContent = reason;
  } finally {
    running = null;
    button.textContent = say("ask");
  }
}

function begin(exchange, question) {
  document.querySelector(".opening").hidden = true;
  const starters = document.querySelector(".starters");
  if (starters) starters.hidden = true;
  for (const fault of document.querySelectorAll(".fault")) fault.remove();
  if (!exchanges.children.length) {
    history.replaceState(null, "", `/?q=${encodeURIComponent(question)}`);
  }
  exchanges.append(exchange.element);
  announcer.textContent = "";
  exchange.element.scrollIntoView({ block: "start" });
}

async function receive(exchange, question, signal) {
  const request = { question, history: turns.slice(-Number(form.dataset.turns)) };
  for await (const { name, data } of ask(request, signal)) {
    if (name === "status") exchange.showStatus(data.stage);
    if (name === "citation") exchange.addCitation(data);
    if (name === "sentence") exchange.addSentence(data);
    if (name === "error") throw new Refusal(data.detail);
    if (name === "done") {
      exchange.finish(data);
      return data;
    }
  }
  throw new TypeError("the stream ended early");
}

function explain(error) {
  if (error.name === "AbortError") return say("stopped");
  if (error instanceof Refusal) return error.message || say("failed");
  return say("lost");
}

function again(exchange, question) {
  exchange.element.remove();
  field.focus();
  send(question);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (running) {
    running.abort();
    return;
  }
  const question = field.value.trim();
  if (!question) return;
  field.value = "";
  send(question);
});

// While an answer streams in, the button stops it though the field is empty.
button.addEventListener("click", (event) => {
  if (!running) return;
  event.preventDefault();
  running.abort();
});

field.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  if (!running) form.requestSubmit();
});

document.addEventListener("click", (event) => {
  const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey;
  const link = event.target.closest("a");
  if (!link || !plain) return;
  if (link.closest(".exchange") && link.pathname.startsWith("/articles/")) {
    event.preventDefault();
    follow(link);
  } else if (link.closest(".starters")) {
    event.preventDefault();
    field.focus();
    send(link.textContent);
  }
});

/** Light a sentence's footnotes and passages, or the sentences that a footnote carries. */
function lightUp(target) {
  for (const lit of exchanges.querySelectorAll(".lit")) lit.classList.remove("lit");
  const exchange = target?.closest(".exchange");
  const sentence = target?.closest(".sentence");
  const note = target?.closest(".notes > li");
  const notes = sentence ? sentence.dataset.notes.split(" ") : note ? [note.dataset.note] : [];
  light(exchange?.dataset.exchange ?? null, notes);
  if (!notes.length) return;
  for (const item of exchange.querySelectorAll(".notes > li")) {
    item.classList.toggle("lit", notes.includes(item.dataset.note));
  }
  for (const other of exchange.querySelectorAll(".sentence")) {
    const carried = note && other.dataset.notes.split(" ").includes(note.dataset.note);
    other.classList.toggle("lit", other === sentence || Boolean(carried));
  }
}

exchanges.addEventListener("mouseover", (event) => lightUp(event.target));
exchanges.addEventListener("mouseleave", () => lightUp(null));
exchanges.addEventListener("focusin", (event) => lightUp(event.target));
exchanges.addEventListener("focusout", () => lightUp(null));

addEventListener("popstate", (event) => restore(event.state));

// A reload, or a link someone kept, may name a footnote.
const named = document.getElementById(location.hash.slice(1));
if (named?.matches(".notes > li")) {
  history.replaceState(null, "", location.pathname + location.search);
  follow(named.querySelector(".quote"));
}
