// After htmx has replaced the catalogue: keep what the reader had open, keep the focus, say the new count.
// Without this file, or without htmx, every link and form of the catalogue is an ordinary request.

const WRAPPER = "katalog";
const opened = new Map();
let focused = "";

const isCatalogue = (event) => event.detail.target?.id === WRAPPER;

document.addEventListener("htmx:configRequest", ({ detail }) => {
  // An empty field is no filter: leave it out, so that addresses stay short.
  const empty = [...detail.formData.entries()].filter(([, value]) => value === "").map(([name]) => name);
  empty.forEach((name) => detail.formData.delete(name));
});

document.addEventListener("htmx:beforeSwap", (event) => {
  if (!isCatalogue(event)) return;
  opened.clear();
  for (const details of document.querySelectorAll(`#${WRAPPER} details[id]`)) {
    opened.set(details.id, details.open);
  }
  focused = document.activeElement?.id ?? "";
});

document.addEventListener("htmx:afterSwap", (event) => {
  if (!isCatalogue(event)) return;
  for (const [id, open] of opened) {
    const details = document.getElementById(id);
    if (details) details.open = open;
  }
  const heading = document.getElementById("wyniki");
  const target = (focused && document.getElementById(focused)) || heading;
  target.focus({ preventScroll: true });
  if (target === heading) heading.scrollIntoView({ block: "nearest" });
  document.getElementById("katalog-status").textContent = `Znaleziono: ${heading.textContent}`;
});

// A request that failed is repeated the ordinary way, so that the reader sees the server's own answer.
for (const failure of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(failure, ({ detail }) => {
    if (detail.boosted) window.location.assign(detail.pathInfo.finalRequestPath);
  });
}
