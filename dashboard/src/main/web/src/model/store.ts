import { computed, signal } from "@preact/signals";
import type { CallRow, News, Session } from "./api";
import { byNeed, choices, fits, NO_FILTER, take, totals, type Filter } from "./calls";
import { ALL_CALLS, type HistoryQuery } from "./history";

export type Connection = "connecting" | "live" | "lost" | "full";

/** What the stream says. The map is changed in place; the version tells that it has. */
const calls = new Map<string, CallRow>();
const version = signal(0);

export const connection = signal<Connection>("connecting");
export const loading = signal(true);
export const kafkaAway = signal(false);
/** Whether the topic for feedback exists. */
export const takesFeedback = signal(true);
/** Whether the topic for responses to alerts exists. */
export const takesResponses = signal(true);
export const session = signal<Session | null>(null);
export const filter = signal<Filter>(NO_FILTER);
export const showEnded = signal(false);
export const historyQuery = signal<HistoryQuery>(ALL_CALLS);
/** Calls that were erased while this page was open. */
export const erased = signal<ReadonlySet<string>>(new Set());

/** The server's clock, since browsers' clocks may be wrong. */
let serverAheadMs = 0;
export const lastNewsMs = signal(0);
export const now = signal(Date.now());

export function receive(news: News, isSnapshot: boolean): void {
  serverAheadMs = news.nowMs - Date.now();
  take(calls, news, isSnapshot);
  loading.value = news.loading;
  kafkaAway.value = news.kafkaAway;
  takesFeedback.value = news.takesFeedback;
  takesResponses.value = news.takesResponses;
  const gone = news.removed.filter((call) => call.erased);
  if (gone.length > 0) {
    erased.value = new Set([
      ...erased.value,
      ...gone.map((call) => `${call.tenant}/${call.conversation}`),
    ]);
  }
  lastNewsMs.value = Date.now();
  version.value++;
}

/** Lets the clocks on the page go on. */
export function tick(): void {
  now.value = Date.now() + serverAheadMs;
}

export const allRows = computed(() => {
  void version.value;
  return [...calls.values()];
});

export const rows = computed(() =>
  allRows.value
    .filter((row) => (row.live || showEnded.value) && fits(row, filter.value))
    .sort(byNeed),
);

export const sums = computed(() => totals(allRows.value));
export const offered = computed(() => choices(allRows.value));

export function rowOf(key: string): CallRow | undefined {
  void version.value;
  return calls.get(key);
}
