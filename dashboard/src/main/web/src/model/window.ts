/** Which rows of a long list are drawn: those that can be seen, and a few around them. */
export function visibleRows(
  scrollTop: number,
  height: number,
  rowHeight: number,
  rows: number,
  spare = 6,
): { first: number; last: number } {
  const first = Math.max(0, Math.floor(scrollTop / rowHeight) - spare);
  const last = Math.min(rows, Math.ceil((scrollTop + height) / rowHeight) + spare);
  return { first: Math.min(first, last), last };
}

/**
 * Keeps the order that somebody points at: known calls stay where they are, new ones follow.
 *
 * @param held keys in the held order
 */
export function holdOrder<T>(held: string[], sorted: T[], keyOf: (item: T) => string): T[] {
  const byKey = new Map(sorted.map((item) => [keyOf(item), item]));
  const kept: T[] = [];
  for (const key of held) {
    const item = byKey.get(key);
    if (item !== undefined) {
      kept.push(item);
      byKey.delete(key);
    }
  }
  return [...kept, ...byKey.values()];
}
