import type { Firing } from "../model/api";
import { text } from "../text";

/** The name of an alert that fires, with a bell; with a tick if somebody has acknowledged it. */
export function AlertBadge(props: { alert: Firing }) {
  const { rule, severity, handling } = props.alert;
  const { acknowledgedBy, claimedBy } = handling;
  if (acknowledgedBy === null) {
    return (
      <span class="alert-badge" title={severity}>
        <Bell /> {rule}
      </span>
    );
  }
  const who =
    claimedBy === null ? text.alert.handledBy(acknowledgedBy) : text.alert.takenBy(claimedBy);
  return (
    <span class="alert-badge handled" title={who}>
      <Tick /> {rule}
      <span class="unseen">, {who}</span>
    </span>
  );
}

export function Bell() {
  return (
    <svg class="bell" viewBox="0 0 16 16" aria-hidden="true">
      <path d="M8 1.5a4 4 0 0 0-4 4c0 4-1.5 5-1.5 6h11c0-1-1.5-2-1.5-6a4 4 0 0 0-4-4zM6.5 13a1.5 1.5 0 0 0 3 0z" />
    </svg>
  );
}

function Tick() {
  return (
    <svg class="bell" viewBox="0 0 16 16" aria-hidden="true">
      <path d="M6.4 13 1.9 8.6l1.7-1.7 2.8 2.7 6-6.1L14.1 5z" />
    </svg>
  );
}
