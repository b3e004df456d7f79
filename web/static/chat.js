// The chat: sends the question, shows the answer as it comes, and opens its footnotes.

import { Draft } from "./answer.js";
import { announce, fetchPage, say, texts } from "./dom.js";
import { copy, enliven, judge } from "./exchange.js";
import { adopt, follow, light, restore } from "./panel.js";
import { ask, Refusal, resume, stop } from "./stream.js";

const form = document.getElementById("ask");
const field = document.getElementById("question");
const button = form.querySelector("button");
const exchanges = document.getElementById("exchanges");

let running = null;

/** Ask a question; with the name of a run, first look for the answer that was begun under it. */
async function send(question, run = null) {
  if (running) return;
  const draft = new Draft(question);
  begin(draft, question);
  const asked = { controller: new AbortController(), run, leaving: false };
  running = asked;
  button.textContent = say("stop");
  try {
    const done = await receive(draft, question, asked);
    await settle(draft, asked.run, done);
    announce([say(done.answer.verdict), ...done.answer.sentences.map((s) => s.text)].join(" "));
  } catch (error) {
    if (run && error.status === 404) {
      // It was forgotten: the question is asked anew, once this attempt is over.
      queueMicrotask(() => again(draft, question));
      return;
    }
    const reason = explain(error);
    // The server goes on with what it has begun: after a lost connection it must not begin it twice.
    const ended = error.name === "AbortError" || error instanceof Refusal;
    const begun = ended ? null : asked.run;
    // Deleted in another window: asking again begins a new one.
    if (error.status === 404) form.elements.conversation.value = "";
    draft.fail(reason, { retry: () => again(draft, question, begun), edit: () => edit(question) });
    announce(reason);
  } finally {
    running = null;
    button.textContent = say("ask");
  }
}

function begin(draft, question) {
  document.querySelector(".opening").hidden = true;
  const topic = document.getElementById("topic");
  if (topic.hidden) topic.textContent = question;
  topic.hidden = false;
  for (const old of document.querySelectorAll(".fault, .starters")) old.remove();
  exchanges.append(draft.element);
  announce("");
  draft.element.scrollIntoView({ block: "start" });
}

/** Leave off. Before the server has named what it began it can't be told: that waits for the name. */
function leave() {
  if (running.run) stop(running.run);
  if (running.run || running.leaving) running.controller.abort();
  running.leaving = true;
}

async function receive(draft, question, asked) {
  const { conversation, first } = form.elements;
  const request = { question, conversation: conversation.value || null, first: first.value || null };
  const { signal } = asked.controller;
  const events = asked.run ? resume(asked.run, signal) : ask(request, signal);
  for await (const { name, data } of events) {
    if (name === "begin") asked.run = data.run;
    if (name === "begin" && asked.leaving) leave();
    if (name === "status" && data.stage in texts) draft.showStatus(data.stage);
    if (name === "broken") draft.showStatus("reconnecting");
    if (name === "citation") draft.addCitation(data);
    if (name === "sentence") draft.addSentence(data);
    if (name === "error") throw new Refusal(data.detail);
    if (name === "done") return data;
  }
  throw new TypeError("the stream ended early");
}

/** Put the server's drawing of the answer in the draft's place, and what else it changes. */
async function settle(draft, run, { conversation, answer }) {
  const page = conversation ? await fetchPage(`/runs/${run}`) : null;
  if (conversation) {
    form.elements.conversation.value = conversation;
    form.elements.first.value = "";
  }
  // None where the browser keeps no cookie: then the conversation lives as long as the page.
  const address = page?.getElementById("tools").dataset.address;
  if (address) history.replaceState(history.state, "", address + location.hash);
  const drawn = page?.querySelector(".exchange");
  if (!drawn) {
    draft.finish(answer, Boolean(conversation));
    return;
  }
  const focused = draft.element.contains(document.activeElement)
    ? document.activeElement.dataset.note
    : null;
  const whole = document.importNode(drawn, true);
  draft.element.replaceWith(whole);
  enliven(whole);
  adopt(draft.element.dataset.exchange, whole);
  if (focused) whole.querySelector(`.mark a[data-note="${focused}"]`)?.focus();
  for (const id of ["tools", "kept"]) {
    const old = document.getElementById(id);
    const used = old.contains(document.activeElement) || old.querySelector("details[open]");
    if (!used) old.replaceWith(document.importNode(page.getElementById(id), true));
  }
}

function explain(error) {
  if (error.name === "AbortError") return say("stopped");
  if (error instanceof Refusal) return error.message || say("failed");
  return say("lost");
}

function again(draft, question, run = null) {
  if (running) return;
  draft.element.remove();
  field.focus();
  send(question, run);
}

/** Put a question into the field, after what is there already. */
function edit(question) {
  const typed = field.value.trim();
  field.value = typed && typed !== question ? `${typed} ${question}` : question;
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (running) {
    leave();
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
  if (event.detail < 2) leave(); // the second tap of a double one was meant for "ask"
});

field.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  if (!running) form.requestSubmit();
});

document.addEventListener("submit", (event) => {
  if (event.target.matches(".starters")) {
    event.preventDefault();
    field.focus();
    send(event.submitter.value);
  } else if (event.target.matches(".opinion")) {
    event.preventDefault();
    judge(event.target, event.submitter);
  }
});

document.addEventListener("click", (event) => {
  const exchange = event.target.closest(".exchange");
  const act = event.target.closest("[data-act]")?.dataset.act;
  if (act === "copy") copy(exchange);
  if (act === "edit") edit(exchange.querySelector(".asked").textContent);
  const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey;
  const link = event.target.closest("a");
  if (exchange && plain && link?.pathname.startsWith("/articles/")) {
    event.preventDefault();
    follow(link);
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

exchanges.querySelectorAll(".exchange").forEach(enliven);

// A reload, or a link someone kept, may name a footnote.
const named = document.getElementById(location.hash.slice(1));
if (named?.matches(".notes > li")) {
  history.replaceState(null, "", location.pathname + location.search);
  const quote = named.querySelector("a.quote");
  if (quote) follow(quote);
}
