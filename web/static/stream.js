// Asks, yields what comes back event by event, and reads on where a connection broke.

import { reader } from "./dom.js";

const ADDRESS = "/api/conversations";
const TRIES = 4; // in 0.3, 0.6, 1.2 and 2.4 seconds: a phone that changes networks takes one or two

/** The server refused the question, and said why. */
export class Refusal extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

/** Ask; yield {name, data} for each event. Throws Refusal, or what fetch throws. */
export async function* ask(request, signal) {
  const body = JSON.stringify(request);
  const headers = { "Content-Type": "application/json", Accept: "text/event-stream", ...reader };
  const response = await fetch(ADDRESS, { method: "POST", headers, body, signal });
  yield* readAll(response, null, signal);
}

/** Read an answer that was begun from its beginning; throws as `ask` does, if it is gone too. */
export async function* resume(run, signal) {
  yield* readAll(await readOn(run, 0, signal), run, signal);
}

async function* readAll(response, run, signal) {
  let seen = 0;
  for (let tries = 0; tries <= TRIES; tries++) {
    if (response && !response.ok) throw new Refusal(await readDetail(response), response.status);
    try {
      if (response) {
        for await (const event of read(response)) {
          if (event.name === "begin") run = event.data.run;
          seen = event.id;
          tries = 0;
          yield event;
          if (event.name === "done" || event.name === "error") return;
        }
      }
    } catch (error) {
      if (signal.aborted) throw error;
    }
    if (!run || tries === TRIES) break;
    yield { name: "broken", data: { run } };
    await pause(300 * 2 ** tries, signal);
    response = await readOn(run, seen, signal);
    if (response?.status === 404) break;
  }
  throw new TypeError("the stream ended early");
}

/** Have the server leave off; an answer that is whole by now is kept all the same. */
export function stop(run) {
  fetch(`${ADDRESS}/runs/${run}`, { method: "DELETE", keepalive: true }).catch(() => {});
}

async function readOn(run, seen, signal) {
  try {
    return await fetch(`${ADDRESS}/runs/${run}`, { headers: { "Last-Event-ID": seen }, signal });
  } catch (error) {
    if (signal.aborted) throw error;
    return null;
  }
}

function pause(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

async function* read(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const frames = (rest + value).split("\n\n");
    rest = frames.pop();
    yield* frames.map(parse).filter((event) => event.data !== null);
  }
}

async function readDetail(response) {
  try {
    return (await response.json()).detail ?? "";
  } catch {
    return "";
  }
}

function parse(frame) {
  const event = { name: "message", id: 0, data: null };
  for (const line of frame.split("\n")) {
    if (line.startsWith("id: ")) event.id = Number(line.slice(4));
    if (line.startsWith("event: ")) event.name = line.slice(7);
    if (line.startsWith("data: ")) event.data = JSON.parse(line.slice(6));
  }
  return event;
}
