// The chooser as it narrows live: a number and a range exclude each other, the new result is said aloud.
// htmx replaces only the result, so the form keeps its focus. Without this file the form is sent by its button.

const form = document.getElementById("kreator");
const status = document.getElementById("kreator-status");

function keepOneAnswer(field) {
  const question = field.closest("fieldset");
  if (field.type === "radio") {
    const number = question.querySelector("input[type=text]");
    if (number) number.value = "";
  } else if (field.type === "text" && field.value.trim()) {
    for (const radio of question.querySelectorAll("input[type=radio]")) radio.checked = false;
  }
}

form?.addEventListener("change", ({ target }) => keepOneAnswer(target), { capture: true });

document.addEventListener("htmx:configRequest", ({ detail }) => {
  // A skipped question is no answer: leave it out, so that the server need not send the reader on.
  const empty = [...detail.formData.entries()].filter(([, value]) => value === "").map(([name]) => name);
  empty.forEach((name) => detail.formData.delete(name));
});

document.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (detail.target?.id !== "wynik") return;
  const best = document.querySelector(".result-best")?.textContent ?? "";
  const errors = [];
  for (const message of form.querySelectorAll(".error")) {
    const field = document.querySelector(`[aria-describedby="${message.id}"]`);
    field.toggleAttribute("aria-invalid", false);
    if (message.textContent) field.setAttribute("aria-invalid", "true");
    errors.push(message.textContent);
  }
  const heading = document.getElementById("wynik-naglowek").textContent;
  status.textContent = [...errors, heading, best].filter(Boolean).join(" ");
});

// A request that failed is repeated the ordinary way, so that the reader sees the server's own answer.
for (const failure of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(failure, ({ detail }) => location.assign(detail.pathInfo.finalRequestPath));
}
