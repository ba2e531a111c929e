import { addressOf, valuesIn } from "./address";

/** Which calls of the history are shown. */
export interface HistoryQuery {
  text: string;
  tenant: string;
  queue: string;
  emotion: string;
  /** "true" for live calls, "false" for ended ones. */
  live: string;
  /** How many calls come before the first one that is shown. */
  offset: string;
}

export const ALL_CALLS: HistoryQuery = {
  text: "",
  tenant: "",
  queue: "",
  emotion: "",
  live: "",
  offset: "",
};

/** The address of the history with a query. */
export const historyAddress = (query: HistoryQuery) => addressOf("/history", { ...query });

/** What an address asks for; null if it asks for nothing. */
export function historyIn(parameters: URLSearchParams): HistoryQuery | null {
  return valuesIn(["text", "tenant", "queue", "emotion", "live", "offset"], parameters);
}

/** Another value shows its calls from the first one on. */
export function withValue(
  query: HistoryQuery,
  name: Exclude<keyof HistoryQuery, "offset">,
  value: string,
): HistoryQuery {
  return { ...query, [name]: value, offset: "" };
}

/** An address may have anything. */
export function offsetOf(query: HistoryQuery): number {
  return /^\d{1,9}$/.test(query.offset) ? Number(query.offset) : 0;
}

/** The same query from another call on. */
export function from(query: HistoryQuery, offset: number): HistoryQuery {
  return { ...query, offset: offset <= 0 ? "" : String(offset) };
}

/** What the read API is asked. */
export function request(query: HistoryQuery, limit: number): Record<string, string> {
  const given = Object.entries(query).filter(([name, value]) => name !== "offset" && value !== "");
  return {
    ...Object.fromEntries(given),
    offset: String(offsetOf(query)),
    limit: String(limit),
  };
}
