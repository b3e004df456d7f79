// The keeper's pages: follows the job under way. Everything here works without it, by reloading.

const live = document.getElementById("live");

function follow(job) {
  const text = job.querySelector("p");
  const bar = job.querySelector("progress");
  const events = new EventSource("/admin/progress");
  let stage = null;
  events.addEventListener("progress", (event) => {
    const state = JSON.parse(event.data);
    text.textContent = state.text;
    if (state.total) {
      bar.max = state.total;
      bar.value = state.done;
    } else {
      bar.removeAttribute("value");
    }
    // A screen reader hears each stage once, not every step of it.
    if (state.stage !== stage) live.textContent = state.text;
    stage = state.stage;
  });
  events.addEventListener("finished", (event) => {
    events.close();
    refresh(JSON.parse(event.data).text);
  });
}

/** Put the page as it is by now in the place of this one; a form half filled in is kept. */
function refresh(news) {
  const request = new XMLHttpRequest();
  request.open("GET", location.href);
  request.responseType = "document";
  request.onloadend = () => {
    const fresh = request.response?.getElementById("content");
    if (request.status !== 200 || !fresh) return location.reload();
    const content = document.getElementById("content");
    const ways = content.querySelector(".ways");
    const focused = document.activeElement;
    const next = document.importNode(fresh, true);
    if (ways) next.querySelector(".ways")?.replaceWith(ways);
    content.replaceWith(next);
    if (ways?.contains(focused)) focused.focus();
    live.textContent = news;
  };
  request.send();
}

const job = document.querySelector("#job[data-working]");
if (job) follow(job);
