// Marks what an entry still lacked when the page was made, and what has been typed in since but not saved.
const panel = document.querySelector(".readiness");
const form = panel?.closest("form");

function isFilled(field) {
  return field instanceof HTMLSelectElement
    ? [...field.selectedOptions].some((option) => option.value)
    : Boolean(field.value?.trim());
}

function mark(item) {
  const field = document.getElementById(item.querySelector("a").hash.slice(1));
  const note = item.querySelector(".needs-typed");
  const typed = Boolean(field && form.contains(field) && isFilled(field));
  if (typed && !note) {
    const text = document.createElement("span");
    text.className = "needs-typed";
    text.textContent = " wpisano, zapisz";
    item.querySelector("a").after(text);
  } else if (!typed) {
    note?.remove();
  }
}

if (form) {
  const missing = [...panel.querySelectorAll(".needs li")].filter((item) => item.querySelector("a"));
  const update = () => missing.forEach(mark);
  form.addEventListener("input", update);
  form.addEventListener("change", update);
  window.django?.jQuery(form).on("change", "select", update); // select2 tells jQuery only
}
