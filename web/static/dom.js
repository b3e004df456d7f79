// Elements and the interface's words. Text goes in as text, never as HTML.

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
