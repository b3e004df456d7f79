// A page of ours in the frame of another site's (see widget.js): tells the site that it is there and
// when the reader wants to leave, and takes the focus when it is given. Says nothing of its content.

if (parent !== window) {
  const tell = (what) => parent.postMessage({ footnote: what }, "*");

  addEventListener("message", (event) => {
    if (event.source !== parent || event.data?.footnote !== "focus") return;
    (document.getElementById("question") ?? document.getElementById("main"))?.focus();
  });

  // What has closed something here first, such as an article, has prevented the default.
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) tell("close");
  });

  // Other sites need not want to be framed, nor be shown in so small a space. A page of our own would
  // take the place of a conversation that has no address to come back to.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || (link.origin === location.origin && !wouldLose(link))) return;
    link.target = "_blank";
    link.rel = "noopener";
  });

  tell("ready");
}

function wouldLose(link) {
  const passing = document.querySelector(".exchange") && !document.querySelector("[data-address]");
  return passing && link.pathname !== location.pathname;
}
