import { memo } from "./memo";
import type { CallRow } from "../model/api";
import { keyOf, lengthAt, level, sideOf } from "../model/calls";
import { clock } from "../model/format";
import { callAddress } from "../model/router";
import { now } from "../model/store";
import { text } from "../text";
import { AlertBadge } from "./AlertBadge";
import { EmotionNow } from "./EmotionNow";
import { Sparkline } from "./Sparkline";

/** A call in the list, at its place from the top. */
export const CallLine = memo(
  (props: { row: CallRow; role: string; position: number; top: number; id: string }) => {
    const { row, role, position, top, id } = props;
    const side = sideOf(row, role);
    const reasons = row.reasons.map((reason) => text.reason[reason] ?? reason);
    return (
      <div
        class={`line level-${row.live ? level(row) : "ended"}`}
        role="row"
        aria-rowindex={position + 2}
        data-call={keyOf(row)}
        style={{ transform: `translateY(${top}px)` }}
      >
        <div role="cell" class="need">
          {row.live ? (
            <>
              <span class="need-score" aria-label={text.live.needOf(row.need)}>
                {row.need}
              </span>
              <span class="need-bar" aria-hidden="true">
                <span style={{ width: `${row.need}%` }} />
              </span>
            </>
          ) : (
            <span class="badge">{text.live.endedBadge}</span>
          )}
        </div>
        <div role="cell" class="who">
          <a href={callAddress(row)}>{row.conversation}</a>
          <span class="why">
            {reasons.length > 0 ? reasons.join(", ") : describe(row, role)}
          </span>
        </div>
        <div role="cell">
          <EmotionNow emotion={side?.emotion ?? null} confidence={side?.confidence ?? null} />
        </div>
        <div role="cell" class="trace">
          <Sparkline trace={side?.trace ?? []} id={id} />
        </div>
        <div role="cell" class="time">
          <Elapsed row={row} />
        </div>
        <div role="cell" class="alerts">
          {row.alerts.map((alert) => (
            <AlertBadge key={alert.alertId} alert={alert} />
          ))}
        </div>
        <div role="cell" class="queue">
          {row.attributes["queue"] ?? <span class="muted">{text.live.noQueue}</span>}
          <span class="tenant">{row.tenant}</span>
        </div>
      </div>
    );
  },
);

/** The only part of a line that changes each second. */
function Elapsed(props: { row: CallRow }) {
  return <>{clock(lengthAt(props.row, now.value))}</>;
}

function describe(row: CallRow, role: string): string {
  const side = sideOf(row, role);
  return side === undefined ? "" : (text.role[side.role] ?? side.role);
}
