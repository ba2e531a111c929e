import { useSignalEffect } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { place, rewrite } from "../model/router";

/**
 * A link may bring what a view shows; the address always has what it shows now.
 *
 * @param path of the view
 * @param take takes what the address asks for when the view opens
 * @param address reads signals, and is asked again when they change
 */
export function useAddress(
  path: string,
  take: (parameters: URLSearchParams) => void,
  address: () => string,
): void {
  useMemo(() => take(place.peek().parameters), []);
  useSignalEffect(() => {
    const wanted = address();
    const { pathname, search } = location;
    if (pathname === path && pathname + search !== wanted) {
      rewrite(wanted);
    }
  });
}
