import { useEffect, useMemo, useState } from "preact/hooks";
import { ApiError, call as askCall, type CallPage, type Utterance } from "../model/api";
import { lengthAt, keyOf } from "../model/calls";
import { clock, moment } from "../model/format";
import { origin } from "../model/router";
import { erased, now, rowOf } from "../model/store";
import { step } from "../model/timeline";
import { showing, zoomed, type Span } from "../model/zoom";
import { EMOTIONS } from "../model/emotions";
import { text } from "../text";
import { AlertList } from "../parts/AlertList";
import { CallCharacteristics } from "../parts/CallCharacteristics";
import { EmotionNow, emotionName } from "../parts/EmotionNow";
import { Feedback } from "../parts/Feedback";
import { ProbabilityPlot, type Estimate } from "../parts/ProbabilityPlot";
import { SpeechTrack } from "../parts/SpeechTrack";
import { UtterancePanel } from "../parts/UtterancePanel";
import { UtteranceTable } from "../parts/UtteranceTable";
import { ValencePlot } from "../parts/ValencePlot";
import { ZoomBar } from "../parts/ZoomBar";

const WITH: Estimate = (utterance) => utterance.probabilities;
const WITHOUT: Estimate = (utterance) => utterance.withoutMemory;

export function CallView(props: { tenant: string; conversation: string }) {
  const { tenant, conversation } = props;
  const [page, setPage] = useState<CallPage | null>(null);
  const [failure, setFailure] = useState("");
  const key = keyOf(props);
  const row = rowOf(key);
  const alerts = JSON.stringify(row?.alerts);
  const news = `${row?.lastNewsMs} ${row?.endReason} ${alerts}`;
  const isErased = erased.value.has(key);

  useEffect(() => {
    let current = true;
    askCall(tenant, conversation)
      .then((found) => {
        if (current) {
          setPage(found);
          setFailure("");
        }
      })
      .catch((error: unknown) => {
        if (current) {
          setFailure(
            error instanceof ApiError && error.status === 404 ? text.call.unknown : text.failed,
          );
        }
      });
    return () => {
      current = false;
    };
  }, [tenant, conversation, news, isErased]);

  if (isErased) {
    return <Notice line={text.call.erased} />;
  }
  if (page === null) {
    return <Notice line={failure === "" ? text.call.loading : failure} />;
  }
  return <Timeline page={page} />;
}

function Notice(props: { line: string }) {
  return (
    <div class="nothing">
      <p role="status">{props.line}</p>
      <a href={origin()}>{text.call.back[origin()]}</a>
    </div>
  );
}

function Timeline(props: { page: CallPage }) {
  const { row, utterances, alerts, summary } = props.page;
  const [chosen, setChosen] = useState<string | null>(null);
  const [stepping, setStepping] = useState(false);
  const [withMemory, setWithMemory] = useState(true);
  const [zoom, setZoom] = useState<Span | null>(null);
  const selectedId = chosen ?? utterances[utterances.length - 1]?.eventId ?? null;
  const selected = utterances.find((utterance) => utterance.eventId === selectedId);
  const channel = selected?.channel ?? row.sides[0]?.channel;
  const ofSide = useMemo(
    () => utterances.filter((utterance) => utterance.channel === channel),
    [utterances, channel],
  );
  const seconds = Math.max(10, (summary?.endMs ?? row.lengthMs) / 1000);
  const span = zoom ?? { from: 0, to: seconds };
  useEffect(() => {
    if (selected !== undefined) {
      setZoom((before) =>
        before && showing(before, selected.beginMs / 1000, selected.endMs / 1000, seconds),
      );
    }
  }, [selectedId]);
  const evidence = useMemo(() => new Set(alerts.flatMap((alert) => alert.evidence)), [alerts]);
  const knowsWithout = utterances.some((utterance) => utterance.withoutMemory !== null);
  const marked: [number, number] | null =
    selected === undefined ? null : [selected.beginMs / 1000, selected.endMs / 1000];

  const stepBy = (by: number) => {
    const next = step(utterances, selectedId, by);
    const last = utterances[utterances.length - 1]?.eventId;
    // At the last utterance of a live call, the page follows the call.
    setChosen(row.live && next === last ? null : next);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by: Record<string, number> = {
      ArrowLeft: -1,
      ArrowRight: 1,
      Home: -utterances.length,
      End: utterances.length,
    };
    const zoomTo: Record<string, Span | null> = {
      "+": zoomed(span, 0.5, seconds),
      "-": zoomed(span, 2, seconds),
      "0": null,
    };
    const isField = (event.target as Element).closest("input, select, textarea") !== null;
    const distance = by[event.key];
    if (distance !== undefined && !isField) {
      event.preventDefault();
      setStepping(true);
      stepBy(distance);
    }
    const part = zoomTo[event.key];
    if (part !== undefined && !isField && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      setZoom(part === null || part.to - part.from >= seconds ? null : part);
    }
  };
  const select = (eventId: string) => {
    setStepping(false);
    setChosen(eventId);
  };
  const onZoom = (part: Span | null) => {
    setStepping(false);
    setZoom(part);
  };
  const onTime = (time: number) => {
    const nearest = closest(ofSide, time * 1000);
    if (nearest !== undefined) {
      select(nearest.eventId);
    }
  };

  return (
    <div class="call" onKeyDown={onKeyDown}>
      <CallHead page={props.page} />
      <div class="call-body">
        <div class="call-charts">
          {alerts.length > 0 && (
            <AlertList call={row} alerts={alerts} startMs={row.startMs} onSelect={select} />
          )}
          <section class="panel">
            <div class="chart-head">
              <h2>{text.call.probabilities}</h2>
              <MemorySwitch on={withMemory} offered={knowsWithout} onSwitch={setWithMemory} />
            </div>
            <p class="hint">{text.call.probabilitiesHint}</p>
            <div class="chart-tools">
              <Legend />
              <ZoomBar span={span} seconds={seconds} onZoom={onZoom} />
            </div>
            <ProbabilityPlot
              utterances={ofSide}
              estimate={withMemory ? WITH : WITHOUT}
              span={span}
              marked={marked}
              onTime={onTime}
            />
            <h3>{text.call.speech}</h3>
            <SpeechLegend alerts={alerts.length > 0} />
            <SpeechTrack
              utterances={utterances}
              span={span}
              selected={selectedId}
              onSelect={select}
              hasFocus={stepping}
              evidence={evidence}
            />
          </section>
          <section class="panel">
            <div class="chart-head">
              <h2>{text.call.valence}</h2>
              <p class="legend">
                <span class="line-sample" aria-hidden="true" /> {text.call.valenceWith}
                {knowsWithout && (
                  <>
                    <span class="line-sample dashed" aria-hidden="true" />{" "}
                    {text.call.valenceWithout}
                  </>
                )}
              </p>
            </div>
            <ValencePlot utterances={ofSide} span={span} marked={marked} onTime={onTime} />
          </section>
          {summary !== null && <Quarters page={props.page} />}
          {summary?.characteristics && <CallCharacteristics call={summary.characteristics} />}
          <UtteranceTable utterances={utterances} selected={selectedId} onSelect={select} />
        </div>
        {selected !== undefined && (
          <UtterancePanel
            utterance={selected}
            position={utterances.indexOf(selected) + 1}
            of={utterances.length}
            onStep={stepBy}
          >
            <Feedback
              key={selected.eventId}
              tenant={row.tenant}
              conversation={row.conversation}
              eventId={selected.eventId}
              emotion={selected.emotion}
            />
          </UtterancePanel>
        )}
      </div>
    </div>
  );
}

function CallHead(props: { page: CallPage }) {
  const { row, summary, utterances } = props.page;
  const side = row.sides[0];
  const shifts = utterances.filter((utterance) => utterance.shift).length;
  return (
    <div class="call-head panel">
      <div class="call-title">
        <a href={origin()}>← {text.call.back[origin()]}</a>
        <h1>{row.conversation}</h1>
        <p class="muted">
          {row.tenant}
          {Object.entries(row.attributes).map(([name, value]) => (
            <span class="badge" key={name}>
              {name}: {value}
            </span>
          ))}
        </p>
      </div>
      {row.live ? (
        <EmotionNow emotion={side?.emotion ?? null} confidence={side?.confidence ?? null} />
      ) : (
        <span class="emotion-now">
          {text.call.overall}: <strong>{emotionName(summary?.overallEmotion ?? null)}</strong>
        </span>
      )}
      <dl class="facts">
        <div>
          <dt>{text.call.started}</dt>
          <dd>{row.startMs === 0 ? "–" : moment(row.startMs)}</dd>
        </div>
        <div>
          <dt>{text.call.length}</dt>
          <dd>
            {clock(lengthAt(row, now.value))}{" "}
            <span class={row.live ? "badge badge-live" : "badge"}>
              {row.live
                ? text.call.live
                : (text.call.endReason[summary?.endReason ?? "OTHER"] ?? text.call.ended)}
            </span>
          </dd>
        </div>
        <div>
          <dt>{text.call.utterances}</dt>
          <dd>{utterances.length}</dd>
        </div>
        <div>
          <dt>{text.call.shifts}</dt>
          <dd>{shifts}</dd>
        </div>
      </dl>
    </div>
  );
}

function MemorySwitch(props: {
  on: boolean;
  offered: boolean;
  onSwitch: (withMemory: boolean) => void;
}) {
  if (!props.offered) {
    return <p class="hint">{text.call.noWithout}</p>;
  }
  return (
    <div class="switch" role="group" aria-label={text.call.memory}>
      <button type="button" aria-pressed={props.on} onClick={() => props.onSwitch(true)}>
        {text.call.withMemory}
      </button>
      <button type="button" aria-pressed={!props.on} onClick={() => props.onSwitch(false)}>
        {text.call.withoutMemory}
      </button>
    </div>
  );
}

function Legend() {
  return (
    <p class="legend">
      {[...EMOTIONS].reverse().map((emotion) => (
        <span key={emotion}>
          <span class={`swatch emotion-${emotion}`} aria-hidden="true" /> {emotionName(emotion)}
        </span>
      ))}
    </p>
  );
}

function SpeechLegend(props: { alerts: boolean }) {
  return (
    <p class="legend">
      <span>
        <span class="swatch hatched" aria-hidden="true" /> {text.call.speechHatched}
      </span>
      <span>
        <span class="shift-sample" aria-hidden="true" /> {text.call.speechShift}
      </span>
      {props.alerts && (
        <span>
          <span class="alarm-sample" aria-hidden="true" /> {text.call.speechAlert}
        </span>
      )}
    </p>
  );
}

function Quarters(props: { page: CallPage }) {
  const quarters = props.page.summary?.quarters ?? [];
  return (
    <section class="panel">
      <h2>{text.call.quarters}</h2>
      <ol class="quarters">
        {quarters.map((quarter) => (
          <li key={quarter.beginMs} class={`sentiment-${(quarter.sentiment ?? "none").toLowerCase()}`}>
            <strong>
              {quarter.score === null
                ? "–"
                : `${quarter.score > 0 ? "+" : quarter.score < 0 ? "−" : ""}${Math.abs(quarter.score).toFixed(1)}`}
            </strong>
            <span>
              {clock(quarter.beginMs)} – {clock(quarter.endMs)}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function closest(utterances: Utterance[], ms: number): Utterance | undefined {
  const distance = (utterance: Utterance) =>
    Math.max(utterance.beginMs - ms, ms - utterance.endMs, 0);
  return [...utterances].sort((a, b) => distance(a) - distance(b))[0];
}
