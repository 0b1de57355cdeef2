// Text size, contrast and colours as this reader likes them, kept in this browser only (no cookie, nothing is sent).
// Without this file the panel stays hidden and the page follows the settings of the device.

const KEY = "ulatwienia";
const root = document.documentElement;
const contrastLink = document.getElementById("kontrast");
const deviceContrast = contrastLink.media;

function read() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? {};
  } catch {
    return {}; // storage is blocked, or holds something else
  }
}

function keep(settings) {
  try {
    localStorage.setItem(KEY, JSON.stringify(settings));
  } catch {
    // The choice then lasts as long as the page.
  }
}

function apply({ text = "", theme = "", contrast = "" }) {
  root.dataset.text = text;
  root.dataset.theme = theme;
  contrastLink.media = contrast === "more" ? "all" : deviceContrast;
}

function showPanel() {
  const panel = document.getElementById("ulatwienia");
  const buttons = panel.querySelectorAll("[data-setting]");

  const press = () => {
    for (const button of buttons) {
      const { setting, value } = button.dataset;
      button.setAttribute("aria-pressed", String((settings[setting] ?? "") === value));
    }
  };

  panel.addEventListener("click", (event) => {
    const button = event.target.closest("[data-setting]");
    if (!button) return;
    settings[button.dataset.setting] = button.dataset.value;
    apply(settings);
    keep(settings);
    press();
  });
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !panel.open) return;
    panel.open = false;
    panel.querySelector("summary").focus();
  });

  press();
  panel.hidden = false;
}

const settings = read();
apply(settings);
if (document.readyState === "loading") {
  document.addEventListener("DOMContentLoaded", showPanel);
} else {
  showPanel();
}
