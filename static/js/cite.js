// A button that copies a ready citation. Without this file the text is there to be selected (one click takes all of it).

for (const text of document.querySelectorAll(".cite-text")) {
  if (!navigator.clipboard) break; // the page is not served over https
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button-quiet";
  button.textContent = "Kopiuj";
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text.textContent.trim());
      button.textContent = "Skopiowano";
    } catch {
      button.textContent = "Nie udało się skopiować; zaznacz tekst";
    }
  });
  button.setAttribute("aria-live", "polite");
  text.after(button);
}
