import { useEffect, useState } from "preact/hooks";
import { trend as askTrend, type Trend } from "../model/api";
import { byNeed, keyOf, level, sideOf, timesShown, worstQueues } from "../model/calls";
import { percent, timeOfDay } from "../model/format";
import { callAddress } from "../model/router";
import { allRows, sums } from "../model/store";
import { text } from "../text";
import { EmotionFace } from "../parts/EmotionFace";
import { emotionName } from "../parts/EmotionNow";

const REFRESH_MS = 15_000;
const STEP_MINUTES = 15;
const MOST_BARS = 48;

/** For a screen on the wall: readable from five metres. */
export function WallView() {
  const { live, needing, negative } = sums.value;
  const share = live === 0 ? 0 : negative / live;
  return (
    <div class="wall">
      <h1 class="unseen">{text.wall.title}</h1>
      <div class="wall-figures">
        <Figure value={String(live)} name={text.wall.callsNow} />
        <Figure value={String(needing)} name={text.wall.needing} grave={needing > 0} />
        <Figure value={`${percent(share)} %`} name={text.wall.negative} grave={share >= 0.3} />
        <Figure
          value={String(sums.value.alerts)}
          name={text.wall.alerts}
          grave={sums.value.alerts > 0}
        />
      </div>
      <div class="wall-lists">
        <Worst />
        <Queues />
      </div>
      <TrendBars />
    </div>
  );
}

function Figure(props: { value: string; name: string; grave?: boolean }) {
  return (
    <p class={props.grave ? "figure grave" : "figure"}>
      <strong>{props.value}</strong>
      <span>{props.name}</span>
    </p>
  );
}

function Worst() {
  const worst = allRows.value
    .filter((row) => row.live && level(row) !== "calm")
    .sort(byNeed)
    .slice(0, 4);
  return (
    <section class="panel">
      <h2>{text.wall.worst}</h2>
      {worst.length === 0 && <p class="calm">{text.wall.calm}</p>}
      <ol class="worst">
        {worst.map((row) => {
          const side = sideOf(row, "");
          return (
            <li key={keyOf(row)} class={`level-${level(row)}`}>
              <EmotionFace emotion={side?.emotion ?? null} confidence={side?.confidence ?? null} />
              <a href={callAddress(row, "wall")}>{row.conversation}</a>
              <span>{emotionName(side?.emotion ?? null)}</span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

function Queues() {
  const queues = worstQueues(allRows.value, 5);
  return (
    <section class="panel">
      <h2>{text.wall.queues}</h2>
      {queues.length === 0 && <p class="calm">{noQueue()}</p>}
      <ol class="queues">
        {queues.map((load) => (
          <li key={load.queue}>
            <span class="queue-name">{load.queue}</span>
            <span class="bar">
              <span
                class="bar-fill emotion-angry"
                style={{ width: `${(100 * load.negative) / load.calls}%` }}
              />
            </span>
            <span class="queue-share">{text.wall.queueShare(load.negative, load.calls)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Why no queue is shown. */
function noQueue(): string {
  const live = allRows.value.filter((row) => row.live);
  if (live.length === 0) {
    return text.wall.noCalls;
  }
  const known = live.some((row) => row.attributes["queue"] !== undefined);
  return known ? text.wall.noNegative : text.wall.noQueues;
}

/** The share of negative utterances. */
function shareOf(period: Trend["periods"][number]): number {
  const all = period.positive + period.neutral + period.negative + period.uncertain;
  return all === 0 ? 0 : period.negative / all;
}

function TrendBars() {
  const [trend, setTrend] = useState<Trend | null>(null);
  useEffect(() => {
    const ask = () =>
      void askTrend(STEP_MINUTES)
        .then(setTrend)
        .catch(() => {
          // The header says that the connection is lost; the old bars stay.
        });
    ask();
    const timer = setInterval(ask, REFRESH_MS);
    return () => clearInterval(timer);
  }, []);
  const periods = (trend?.periods ?? []).slice(-MOST_BARS);
  const highest = Math.max(...periods.map(shareOf));
  const timed = timesShown(periods.map((period) => period.beginMs));
  return (
    <section class="panel trend">
      <h2>{text.wall.trend}</h2>
      {trend !== null && periods.length === 0 && <p class="muted">{text.wall.noTrend}</p>}
      <ol>
        {periods.map((period, i) => {
          const share = shareOf(period);
          const telling = share === highest || i === periods.length - 1;
          return (
            <li
              key={period.beginMs}
              aria-label={`${timeOfDay(period.beginMs)}: ${percent(share)} %`}
            >
              <span class="trend-share">{telling ? `${percent(share)} %` : ""}</span>
              <span class="trend-bar" style={{ height: `${Math.max(1, 100 * share)}%` }} />
              <span class="trend-time">
                {timed[i] ? timeOfDay(period.beginMs) : ""}
              </span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
