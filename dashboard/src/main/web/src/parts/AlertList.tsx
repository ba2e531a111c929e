import type { Alert } from "../model/api";
import { clock } from "../model/format";
import { text } from "../text";
import { Bell } from "./AlertBadge";

/** All alerts of a call, those first that fire, with their reasons. */
export function AlertList(props: {
  alerts: Alert[];
  startMs: number;
  onSelect: (eventId: string) => void;
}) {
  const rank = (alert: Alert) => (alert.state === "FIRING" ? 0 : alert.state === "PENDING" ? 1 : 2);
  const alerts = [...props.alerts].sort((a, b) => rank(a) - rank(b) || b.startsAtMs - a.startsAtMs);
  return (
    <section class="panel">
      <h2>{text.alert.title}</h2>
      <ul class="alert-list">
        {alerts.map((alert) => {
          const first = alert.evidence[0];
          return (
            <li key={alert.alertId} class={`alert-${alert.state.toLowerCase()}`}>
              <Bell />
              <div>
                <strong>{alert.rule}</strong>{" "}
                <span class="badge">{text.alert.state[alert.state] ?? alert.state}</span>{" "}
                <span class="muted">
                  {text.alert.since(clock(alert.startsAtMs - props.startMs))}
                </span>
                {alert.summary !== "" && <p>{alert.summary}</p>}
                <p class="muted">{alert.reason}</p>
              </div>
              {first !== undefined && (
                <button type="button" onClick={() => props.onSelect(first)}>
                  {text.alert.evidence}
                </button>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
