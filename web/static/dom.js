// Elements, the interface's words, and pages of our own. Text goes in as text, never as HTML.

export const texts = JSON.parse(document.getElementById("texts").textContent);

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
    request.setRequestHeader("Accept", "text/html");
    request.onloadend = () => resolve(request.status === 200 ? request.response : null);
    request.send(form);
  });
}
