/** The address of a view with some values, so that a link can be shared. Empty ones are left out. */
export function addressOf(path: string, values: Record<string, string>): string {
  const given = Object.entries(values).filter(([, value]) => value !== "");
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}

/** The values that an address gives to some names; null if it gives none. */
export function valuesIn<Name extends string>(
  names: readonly Name[],
  parameters: URLSearchParams,
): Record<Name, string> | null {
  const values = names.map((name) => [name, parameters.get(name) ?? ""] as const);
  return values.every(([, value]) => value === "")
    ? null
    : (Object.fromEntries(values) as Record<Name, string>);
}
