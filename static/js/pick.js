// Counts the entries ticked for comparison, and lets what is ticked follow the reader through the pages of
// the catalogue, in the address. Without this file the form compares what is ticked on one page.

const MOST = 4;

const formOf = (element) => element?.closest?.("[data-compare]");

const pickedIn = (form) => {
  const values = [...form.elements]
    .filter((field) => field.name && (field.type === "hidden" || field.checked))
    .map((field) => field.value);
  return [...new Set(values)];
};

const sentence = (count) => {
  if (count === 0) return "Zaznacz od dwóch do czterech.";
  if (count === 1) return "Zaznaczono 1; zaznacz jeszcze co najmniej jeden wpis.";
  if (count > MOST) return `Zaznaczono ${count}; porównamy pierwsze ${MOST}.`;
  return `Zaznaczono ${count} z ${MOST}.`;
};

const say = (form) => {
  form.querySelector("[data-picked]").textContent = sentence(pickedIn(form).length);
};

document.addEventListener("change", ({ target }) => {
  const form = formOf(target);
  if (form) say(form);
});

// htmx is about to ask for another page of the same list: say what is ticked now, not when the page was made.
document.addEventListener("htmx:configRequest", ({ detail }) => {
  const form = document.querySelector("#katalog [data-compare]");
  if (!form) return;
  const name = form.querySelector("[type=checkbox]").name;
  const url = new URL(detail.path, window.location.href);
  url.searchParams.delete(name);
  detail.formData.delete(name);
  for (const value of pickedIn(form)) url.searchParams.append(name, value);
  detail.path = url.pathname + url.search;
});

document.addEventListener("htmx:afterSwap", () => {
  const form = document.querySelector("#katalog [data-compare]");
  if (form && pickedIn(form).length) say(form);
});

// A page shown again by "back" may have its boxes ticked by the browser.
window.addEventListener("pageshow", () => {
  const form = document.querySelector("[data-compare]");
  if (form && pickedIn(form).length) say(form);
});
