import type { Alert } from "./api";

const STATES = ["FIRING", "PENDING", "RESOLVED"];

/** Those first that need somebody; of those that need the same, the latest. */
export function byUrgency(a: Alert, b: Alert): number {
  return rank(a) - rank(b) || b.startsAtMs - a.startsAtMs;
}

function rank(alert: Alert): number {
  const handled = alert.handling.acknowledgedBy !== null;
  return 2 * STATES.indexOf(alert.state) + Number(handled);
}
