import type { CallRow, News, SideRow } from "./api";
import { addressOf, valuesIn } from "./address";
import { isNegative } from "./emotions";

/** From this need on, a call needs somebody; from the lower one on, keep an eye on it. */
export const NEEDS_SOMEBODY = 55;
export const WATCH = 30;

export type Level = "calm" | "watch" | "high";

export function level(row: CallRow): Level {
  return row.need >= NEEDS_SOMEBODY ? "high" : row.need >= WATCH ? "watch" : "calm";
}

/** A tenant has no slash. */
export const keyOf = (call: { tenant: string; conversation: string }) =>
  `${call.tenant}/${call.conversation}`;

export interface Filter {
  tenant: string;
  queue: string;
  role: string;
  emotion: string;
}

export const NO_FILTER: Filter = { tenant: "", queue: "", role: "", emotion: "" };

/** The address of the live calls with a filter. */
export function liveAddress(filter: Filter, showEnded: boolean): string {
  return addressOf("/", { ...filter, ended: showEnded ? "true" : "" });
}

/** What an address asks for; null if it asks for nothing. */
export function filterIn(
  parameters: URLSearchParams,
): { filter: Filter; showEnded: boolean } | null {
  const values = valuesIn(["tenant", "queue", "role", "emotion", "ended"], parameters);
  if (values === null) {
    return null;
  }
  const { ended, ...filter } = values;
  return { filter, showEnded: ended === "true" };
}

/** The side that a row shows: that of the wanted role, or the first. */
export function sideOf(row: CallRow, role: string): SideRow | undefined {
  return role === "" ? row.sides[0] : row.sides.find((side) => side.role === role);
}

export function fits(row: CallRow, filter: Filter): boolean {
  const side = sideOf(row, filter.role);
  return (
    (filter.tenant === "" || row.tenant === filter.tenant) &&
    (filter.queue === "" || row.attributes["queue"] === filter.queue) &&
    (filter.role === "" || side !== undefined) &&
    (filter.emotion === "" || side?.emotion === filter.emotion)
  );
}

/** Live calls first, by need; of those with the same need, the longest first. */
export function byNeed(a: CallRow, b: CallRow): number {
  return (
    Number(b.live) - Number(a.live) ||
    b.need - a.need ||
    (a.live ? a.startMs - b.startMs : b.lastNewsMs - a.lastNewsMs) ||
    (keyOf(a) < keyOf(b) ? -1 : 1)
  );
}

/** What a message of the stream makes of the calls. Changes the map. */
export function take(calls: Map<string, CallRow>, news: News, isSnapshot: boolean): void {
  if (isSnapshot) {
    calls.clear();
  }
  news.removed.forEach((call) => calls.delete(keyOf(call)));
  news.calls.forEach((call) => calls.set(keyOf(call), call));
}

/** A live call goes on after its last event: what is shown is what has passed. */
export function lengthAt(row: CallRow, nowMs: number): number {
  return row.live ? row.lengthMs + Math.max(0, nowMs - row.lastNewsMs) : row.lengthMs;
}

export interface Totals {
  live: number;
  /** Those that nobody has acknowledged. */
  alerts: number;
  needing: number;
  negative: number;
  ended: number;
}

export function totals(rows: Iterable<CallRow>): Totals {
  const sums = { live: 0, alerts: 0, needing: 0, negative: 0, ended: 0 };
  for (const row of rows) {
    if (!row.live) {
      sums.ended++;
      continue;
    }
    sums.live++;
    sums.alerts += row.alerts.filter((alert) => alert.handling.acknowledgedBy === null).length;
    sums.needing += level(row) === "high" ? 1 : 0;
    sums.negative += isNegative(row.sides[0]?.emotion ?? null) ? 1 : 0;
  }
  return sums;
}

export interface QueueLoad {
  queue: string;
  calls: number;
  negative: number;
}

/** Queues with negative live calls, by their share. */
export function worstQueues(rows: Iterable<CallRow>, most: number): QueueLoad[] {
  const loads = new Map<string, QueueLoad>();
  for (const row of rows) {
    const queue = row.attributes["queue"];
    if (row.live && queue !== undefined) {
      const load = loads.get(queue) ?? { queue, calls: 0, negative: 0 };
      load.calls++;
      load.negative += isNegative(row.sides[0]?.emotion ?? null) ? 1 : 0;
      loads.set(queue, load);
    }
  }
  const share = (load: QueueLoad) => load.negative / load.calls;
  return [...loads.values()]
    .filter((load) => load.negative > 0)
    .sort((a, b) => share(b) - share(a) || b.calls - a.calls || (a.queue < b.queue ? -1 : 1))
    .slice(0, most);
}

/** Which of some periods have their time written below them: room is for one in three. */
export function timesShown(beginsMs: number[]): boolean[] {
  const hour = (i: number) => Math.floor((beginsMs[i] ?? 0) / 3_600_000);
  const begins = beginsMs.map((_, i) => i > 0 && hour(i) !== hour(i - 1));
  let last = -3;
  return begins.map((begin, i) => {
    const shown = i - last >= 3 && (begin || (i === 0 && !begins.slice(1, 3).includes(true)));
    if (shown) {
      last = i;
    }
    return shown;
  });
}

/** All values that a filter offers. */
export function choices(rows: Iterable<CallRow>): Record<keyof Filter, string[]> {
  const found = {
    tenant: new Set<string>(),
    queue: new Set<string>(),
    role: new Set<string>(),
    emotion: new Set<string>(),
  };
  for (const row of rows) {
    found.tenant.add(row.tenant);
    const queue = row.attributes["queue"];
    if (queue !== undefined) {
      found.queue.add(queue);
    }
    for (const side of row.sides) {
      found.role.add(side.role);
      if (side.emotion !== null) {
        found.emotion.add(side.emotion);
      }
    }
  }
  const sorted = (values: Set<string>) => [...values].sort();
  return {
    tenant: sorted(found.tenant),
    queue: sorted(found.queue),
    role: sorted(found.role),
    emotion: sorted(found.emotion),
  };
}
