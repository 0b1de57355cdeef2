// Suggestions under a search field (an ARIA combobox). A field with data-suggest names the address to ask.
// Without this file the field is an ordinary search field of an ordinary form.

const PAUSE = 150; // milliseconds without a key before the server is asked
const LEAST = 2; // characters
const SELECTOR = "input[data-suggest]";

let numbers = 0;
let timer = 0;
let request = new AbortController();

const listOf = (field) => document.getElementById(field.getAttribute("aria-controls"));
const optionsOf = (field) => [...listOf(field).children];
const activeOf = (field) => document.getElementById(field.getAttribute("aria-activedescendant") ?? "");
const isOpen = (field) => field.getAttribute("aria-expanded") === "true";

function prepare(field) {
  if (!field.matches?.(SELECTOR)) return null;
  if (field.getAttribute("role") === "combobox") return field;
  const id = `podpowiedzi-${++numbers}`;
  const list = Object.assign(document.createElement("ul"), { id, className: "suggestions", hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Podpowiedzi");
  const status = Object.assign(document.createElement("span"), { className: "visually-hidden" });
  status.setAttribute("role", "status");
  field.form.append(list, status);
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id,
  })) field.setAttribute(name, value);
  return field;
}

function close(field) {
  clearTimeout(timer);
  request.abort();
  listOf(field).hidden = true;
  field.setAttribute("aria-expanded", "false");
  field.removeAttribute("aria-activedescendant");
}

function show(field, html) {
  const list = listOf(field);
  list.innerHTML = html; // our own server's escaped options
  optionsOf(field).forEach((option, place) => { option.id = `${list.id}-${place}`; });
  const count = list.children.length;
  list.hidden = count === 0;
  field.setAttribute("aria-expanded", String(count > 0));
  field.removeAttribute("aria-activedescendant");
  list.nextElementSibling.textContent = count ? `Podpowiedzi: ${count}. Wybierz strzałkami.` : "";
}

async function ask(field) {
  const typed = field.value.trim();
  request.abort();
  if (typed.length < LEAST) return close(field);
  request = new AbortController();
  try {
    const url = `${field.dataset.suggest}?${new URLSearchParams({ q: typed })}`;
    const response = await fetch(url, { headers: { Accept: "text/html" }, signal: request.signal });
    if (response.ok && document.activeElement === field) show(field, await response.text());
  } catch { /* given up for a newer question, or no network: the field still works */ }
}

function move(field, step) {
  const options = optionsOf(field);
  const place = options.indexOf(activeOf(field)) + step;
  options.forEach((option) => option.setAttribute("aria-selected", "false"));
  const next = options[place === -2 ? options.length - 1 : place];
  if (!next) return field.removeAttribute("aria-activedescendant");
  next.setAttribute("aria-selected", "true");
  next.scrollIntoView({ block: "nearest" });
  field.setAttribute("aria-activedescendant", next.id);
}

const keys = {
  ArrowDown: (field) => move(field, 1),
  ArrowUp: (field) => move(field, -1),
  Escape: close,
  Enter: (field) => activeOf(field) ? location.assign(activeOf(field).dataset.url) : false,
};

document.addEventListener("focusin", ({ target }) => prepare(target));
document.addEventListener("focusout", ({ target }) => prepare(target) && close(target));
document.addEventListener("input", ({ target }) => {
  if (!prepare(target)) return;
  clearTimeout(timer);
  timer = setTimeout(ask, PAUSE, target);
});
document.addEventListener("keydown", (event) => {
  const field = prepare(event.target);
  if (!field || !isOpen(field) || !keys[event.key]) return;
  if (keys[event.key](field) !== false) event.preventDefault();
});

const clicked = ({ target }) => target.closest?.(".suggestions [data-url]");
document.addEventListener("mousedown", (event) => clicked(event) && event.preventDefault()); // keep the focus
document.addEventListener("click", (event) => clicked(event) && location.assign(clicked(event).dataset.url));
