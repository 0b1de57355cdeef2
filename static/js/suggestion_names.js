// Gives the fields with suggestions the names that Select2 leaves out: those of the lists they stand for.
// Without this file, or without any script, the lists themselves are there, with their labels.

const jQuery = window.django?.jQuery;

const nameOf = (select) =>
  select.getAttribute("aria-label") ?? select.labels[0]?.textContent.trim().replace(/:$/, "") ?? "";

// The name of a field with one value is its label and then the value.
function nameOne(box, name) {
  const value = box.querySelector(".select2-selection__rendered");
  value.removeAttribute("role"); // a text field without a name, where it is the text of this one
  value.removeAttribute("aria-readonly");
  box.id = `${value.id}-box`;
  box.setAttribute("aria-label", name);
  box.setAttribute("aria-labelledby", `${box.id} ${value.id}`);
}

function nameMany(box, name) {
  box.setAttribute("aria-label", name);
  box.querySelector(".select2-search__field").setAttribute("aria-label", name);
}

// The cross that empties the field is for the mouse (the keyboard has Backspace); it comes anew with each value.
function hideCross(box) {
  const hide = () => box.querySelector(".select2-selection__clear")?.setAttribute("aria-hidden", "true");
  new MutationObserver(hide).observe(box, { childList: true, subtree: true });
  hide();
}

function nameParts(select) {
  const widget = jQuery(select).data("select2");
  const name = nameOf(select);
  const [box, dropdown] = [widget.$selection[0], widget.$dropdown[0]];
  (select.multiple ? nameMany : nameOne)(box, name);
  hideCross(box);
  const suggestions = dropdown.querySelector(".select2-results__options");
  suggestions.setAttribute("aria-label", `${name}: podpowiedzi`);
  box.setAttribute("aria-controls", suggestions.id); // Select2 says aria-owns, as was done before ARIA 1.2
  dropdown.querySelector(".select2-search__field")?.setAttribute("aria-label", `${name}: szukaj`);
}

const nameAll = (part) => part.querySelectorAll("select.select2-hidden-accessible").forEach(nameParts);

// After Django's own listeners to both events, which make the fields.
jQuery?.(() => nameAll(document));
document.addEventListener("formset:added", ({ target }) => nameAll(target));
