import { useEffect, useState } from "preact/hooks";
import { calls as askCalls, type CallRow } from "../model/api";
import { keyOf } from "../model/calls";
import { clock, moment } from "../model/format";
import { from, historyAddress, historyIn, offsetOf, request, withValue } from "../model/history";
import { callAddress } from "../model/router";
import { erased, historyQuery, offered } from "../model/store";
import { EMOTIONS } from "../model/emotions";
import { text } from "../text";
import { emotionName } from "../parts/EmotionNow";
import { useAddress } from "./useAddress";

const PAGE = 50;
const WAIT_MS = 250;

export function HistoryView() {
  useAddress("/history", takeQuery, () => historyAddress(historyQuery.value));
  const query = historyQuery.value;
  const [found, setFound] = useState<{ total: number; calls: CallRow[] } | null>(null);
  const [failed, setFailed] = useState(false);

  useEffect(() => {
    let current = true;
    const timer = setTimeout(() => {
      askCalls(request(query, PAGE))
        .then((answer) => current && (setFound(answer), setFailed(false)))
        .catch(() => current && setFailed(true));
    }, WAIT_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [query, erased.value]);

  return (
    <>
      <div class="summary">
        <h1>{text.history.title}</h1>
        <p class="sum">{text.history.hint}</p>
      </div>
      <form
        class="filters"
        aria-label={text.filter.label}
        onSubmit={(event) => event.preventDefault()}
      >
        <label>
          <span>{text.history.text}</span>
          <input
            type="search"
            value={query.text}
            onInput={(event) => set("text", event.currentTarget.value)}
          />
        </label>
        <Choice name="tenant" label={text.filter.tenant} values={offered.value.tenant} />
        <Choice name="queue" label={text.filter.queue} values={offered.value.queue} />
        <Choice
          name="emotion"
          label={text.filter.emotion}
          values={[...EMOTIONS]}
          nameOf={emotionName}
        />
        <Choice
          name="live"
          label={text.history.state}
          values={["true", "false"]}
          nameOf={(value) => (value === "true" ? text.history.live : text.history.ended)}
        />
      </form>
      {failed && <p class="note note-lost">{text.failed}</p>}
      {found !== null && (
        <Found
          found={found}
          offset={offsetOf(query)}
          onMove={(offset) => (historyQuery.value = from(query, offset))}
        />
      )}
    </>
  );
}

function takeQuery(parameters: URLSearchParams): void {
  historyQuery.value = historyIn(parameters) ?? historyQuery.peek();
}

type Field = Parameters<typeof withValue>[1];

function set(name: Field, value: string): void {
  historyQuery.value = withValue(historyQuery.value, name, value);
}

function Choice(props: {
  name: Field;
  label: string;
  values: string[];
  nameOf?: (value: string) => string;
}) {
  const chosen = historyQuery.value[props.name];
  // The chosen value stays on offer, even if no call has it any more.
  const values =
    chosen === "" || props.values.includes(chosen) ? props.values : [...props.values, chosen];
  return (
    <label>
      <span>{props.label}</span>
      <select
        name={props.name}
        value={chosen}
        onChange={(event) => set(props.name, event.currentTarget.value)}
      >
        <option value="">{text.filter.any}</option>
        {values.map((value) => (
          <option key={value} value={value}>
            {props.nameOf?.(value) ?? value}
          </option>
        ))}
      </select>
    </label>
  );
}

function Found(props: {
  found: { total: number; calls: CallRow[] };
  offset: number;
  onMove: (offset: number) => void;
}) {
  const { found, offset, onMove } = props;
  const { column } = text.history;
  return (
    <section class="panel">
      <p role="status">{text.history.found(found.total)}</p>
      <table>
        <thead>
          <tr>
            <th scope="col">{column.start}</th>
            <th scope="col">{column.call}</th>
            <th scope="col" class="number">
              {column.length}
            </th>
            <th scope="col">{column.emotion}</th>
            <th scope="col" class="number">
              {column.utterances}
            </th>
            <th scope="col">{column.end}</th>
          </tr>
        </thead>
        <tbody>
          {found.calls.map((row) => {
            const emotion = row.live ? (row.sides[0]?.emotion ?? null) : row.overallEmotion;
            return (
              <tr key={keyOf(row)}>
                <td>{row.startMs === 0 ? "–" : moment(row.startMs)}</td>
                <td>
                  <a href={callAddress(row, "history")}>{row.conversation}</a>{" "}
                  <span class="muted">{row.tenant}</span>
                </td>
                <td class="number">{clock(row.lengthMs)}</td>
                <td>
                  <span class={`swatch emotion-${emotion ?? "none"}`} aria-hidden="true" />
                  {emotionName(emotion)}
                </td>
                <td class="number">
                  {row.sides.reduce((sum, side) => sum + side.utterances, 0)}
                </td>
                <td>
                  {row.live
                    ? text.history.live
                    : (text.call.endReason[row.endReason ?? "OTHER"] ?? text.call.ended)}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <p class="pages">
        {offset > 0 && (
          <button type="button" onClick={() => onMove(Math.max(0, offset - PAGE))}>
            {text.history.more}
          </button>
        )}
        {offset + PAGE < found.total && (
          <button type="button" onClick={() => onMove(offset + PAGE)}>
            {text.history.less}
          </button>
        )}
      </p>
    </section>
  );
}
