import { signal } from "@preact/signals";

/** Where the page is: path and parameters. */
export const place = signal(here());

function here(): { path: string; parameters: URLSearchParams } {
  return typeof location === "undefined"
    ? { path: "/", parameters: new URLSearchParams() }
    : { path: location.pathname, parameters: new URLSearchParams(location.search) };
}

/** Where a call is shown; from says which view the way back leads to, if not to the live calls. */
export function callAddress(
  call: { tenant: string; conversation: string },
  from?: "history" | "wall",
): string {
  const { tenant, conversation } = call;
  const parameters = { tenant, conversation, ...(from === undefined ? {} : { from }) };
  return `/call?${new URLSearchParams(parameters)}`;
}

/** The view that a call was opened from. */
export function origin(): "/" | "/history" | "/wall" {
  const from = place.value.parameters.get("from");
  return from === "history" ? "/history" : from === "wall" ? "/wall" : "/";
}

export function go(address: string): void {
  history.pushState(null, "", address);
  place.value = here();
  window.scrollTo(0, 0);
}

/** Says where the page is without a step in the browser's history. */
export function rewrite(address: string): void {
  history.replaceState(null, "", address);
  place.value = here();
}

/** Lets links within the page change the view without loading it again. */
export function routeLinks(): void {
  window.addEventListener("popstate", () => (place.value = here()));
  document.addEventListener("click", (event) => {
    const link = (event.target as Element).closest?.("a[href^='/']");
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey;
    if (link !== null && link !== undefined && plain) {
      event.preventDefault();
      go(link.getAttribute("href") ?? "/");
    }
  });
}
