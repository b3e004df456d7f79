// Asks the API and yields what comes back, event by event.

/** The server refused the question, and said why. */
export class Refusal extends Error {}

/** Ask; yield {name, data} for each server-sent event. Throws Refusal, or what fetch throws. */
export async function* ask(request, signal) {
  const response = await fetch("/api/answer/stream", {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "text/event-stream" },
    body: JSON.stringify(request),
    signal,
  });
  if (!response.ok) throw new Refusal(await readDetail(response));
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
  let name = "message";
  let data = "";
  for (const line of frame.split("\n")) {
    if (line.startsWith("event: ")) name = line.slice(7);
    if (line.startsWith("data: ")) data += line.slice(6);
  }
  return { name, data: data ? JSON.parse(data) : null };
}
