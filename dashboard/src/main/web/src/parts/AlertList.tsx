import { byUrgency } from "../model/alerts";
import type { Alert } from "../model/api";
import { clock } from "../model/format";
import { text } from "../text";
import { Bell } from "./AlertBadge";
import { AlertResponse } from "./AlertResponse";

/** All alerts of a call, those first that fire, with their reasons. */
export function AlertList(props: {
  call: { tenant: string; conversation: string };
  alerts: Alert[];
  startMs: number;
  onSelect: (eventId: string) => void;
}) {
  const alerts = [...props.alerts].sort(byUrgency);
  return (
    <section class="panel">
      <h2>{text.alert.title}</h2>
      <ul class="alert-list">
        {alerts.map((alert) => {
          const first = alert.evidence[0];
          return (
            <li key={alert.alertId} class={cssClass(alert)}>
              <Bell />
              <div>
                <strong>{alert.rule}</strong>{" "}
                <span class="badge">{text.alert.state[alert.state] ?? alert.state}</span>{" "}
                <span class="muted">
                  {text.alert.since(clock(alert.startsAtMs - props.startMs))}
                </span>
                {alert.summary !== "" && <p>{alert.summary}</p>}
                <p class="muted">{alert.reason}</p>
                <AlertResponse call={props.call} alert={alert} />
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

function cssClass(alert: Alert): string {
  const handled = alert.handling.acknowledgedBy === null ? "" : " handled";
  return `alert-${alert.state.toLowerCase()}${handled}`;
}
