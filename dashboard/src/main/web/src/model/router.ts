import { signal } from "@preact/signals";

/** Where the page is: path and parameters. */
export const place = signal(here());

function here(): { path: string; parameters: URLSearchParams } {
  return typeof location === "undefined"
    ? { path: "/", parameters: new URLSearchParams() }
    : { path: location.pathname, parameters: new URLSearchParams(location.search) };
}

export function callAddress(call: { tenant: string; conversation: string }): string {
  const { tenant, conversation } = call;
  return `/call?${new URLSearchParams({ tenant, conversation })}`;
}

export function go(address: string): void {
  history.pushState(null, "", address);
  place.value = here();
  window.scrollTo(0, 0);
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
