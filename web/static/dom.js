// Elements, the interface's words, and pages of our own. Text goes in as text, never as HTML.

export const texts = JSON.parse(document.getElementById("texts").textContent);

/**
 * The headers by which the server knows this reader where the browser may keep no cookie, as in the
 * frame of another site's page; elsewhere none, as a cookie is out of reach of any script.
 */
export const reader =
  parent !== window || !navigator.cookieEnabled ? { "Footnote-Reader": makeKey() } : {};

function makeKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(24));
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_");
}

/** Return a text of the interface with its "{name}"s filled in. */
export function say(key, values = {}) {
  return texts[key].replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}

/** Make an element; a child that is a string becomes a text node. */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/** Tell a screen reader, once. */
export function announce(text) {
  document.getElementById("announcer").textContent = text;
}

/**
 * Fetch a page as a document, or null where that fails: its scripts never run, and nothing is
 * parsed from a string. With `form` it is posted.
 */
export function fetchPage(url, form = null) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open(form ? "POST" : "GET", url);
    request.responseType = "document";
    const headers = { Accept: "text/html", ...reader };
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.onloadend = () => resolve(request.status === 200 ? request.response : null);
    request.send(form);
  });
}
