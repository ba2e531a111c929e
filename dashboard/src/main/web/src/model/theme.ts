import { signal } from "@preact/signals";

type Theme = "light" | "dark";
const KEY = "undertone-theme";

const wanted = window.matchMedia("(prefers-color-scheme: dark)");

function initial(): Theme {
  const kept = localStorage.getItem(KEY);
  return kept === "light" || kept === "dark" ? kept : wanted.matches ? "dark" : "light";
}

export const theme = signal<Theme>(initial());

wanted.addEventListener("change", () => {
  if (localStorage.getItem(KEY) === null) {
    theme.value = wanted.matches ? "dark" : "light";
  }
});

theme.subscribe((value) => document.documentElement.setAttribute("data-theme", value));

export function switchTheme(): void {
  theme.value = theme.value === "dark" ? "light" : "dark";
  localStorage.setItem(KEY, theme.value);
}

/** A colour of the style sheet, for what is drawn on a canvas. */
export function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}
