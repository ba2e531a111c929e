import { useEffect, useRef, useState } from "preact/hooks";
import { CallLine } from "../parts/CallLine";
import { Filters } from "../parts/Filters";
import type { CallRow } from "../model/api";
import { filterIn, keyOf, level, liveAddress } from "../model/calls";
import { allRows, filter, loading, rows, showEnded, sums } from "../model/store";
import { holdOrder, visibleRows } from "../model/window";
import { text } from "../text";
import { useAddress } from "./useAddress";

const LINE_HEIGHT = 72;
const COLUMNS = ["need", "call", "emotion", "valence", "time", "alerts", "queue"] as const;

export function LiveView() {
  useAddress("/", takeFilter, () => liveAddress(filter.value, showEnded.value));
  return (
    <>
      <div class="summary">
        <h1>{text.live.title}</h1>
        <Sum value={sums.value.live} name={text.live.calls(sums.value.live)} />
        <Sum
          value={sums.value.needing}
          name={text.live.needing(sums.value.needing)}
          grave={sums.value.needing > 0}
        />
        <Sum value={sums.value.negative} name={text.live.negative} />
      </div>
      <Filters />
      <CallList />
      <Announcements />
    </>
  );
}

function takeFilter(parameters: URLSearchParams): void {
  const asked = filterIn(parameters);
  if (asked !== null) {
    filter.value = asked.filter;
    showEnded.value = asked.showEnded;
  }
}

function Sum(props: { value: number; name: string; grave?: boolean }) {
  return (
    <p class={props.grave ? "sum grave" : "sum"}>
      <strong>{props.value}</strong> {props.name}
    </p>
  );
}

function CallList() {
  const box = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 800 });
  const [held, setHeld] = useState<string[] | null>(null);
  useEffect(() => measure(box.current, setView), []);

  const sorted = rows.value;
  const shown = held === null ? sorted : holdOrder(held, sorted, keyOf);
  const { first, last } = visibleRows(view.top, view.height, LINE_HEIGHT, shown.length);
  const hold = () => setHeld((order) => order ?? shown.map(keyOf));
  const release = () => setHeld(null);

  return (
    <div class="list" role="table" aria-label={text.live.title} aria-rowcount={shown.length + 1}>
      <div role="rowgroup">
        <div class="line head" role="row" aria-rowindex={1}>
          {COLUMNS.map((column) => (
            <div role="columnheader" key={column} class={column}>
              {text.live.column[column]}
            </div>
          ))}
        </div>
      </div>
      <div
        ref={box}
        class="lines"
        role="rowgroup"
        style={{ height: `${shown.length * LINE_HEIGHT}px` }}
        onMouseEnter={hold}
        onMouseLeave={release}
        onFocusIn={hold}
        onFocusOut={release}
        onKeyDown={moveFocus}
      >
        {shown.slice(first, last).map((row, i) => (
          <CallLine
            key={keyOf(row)}
            row={row}
            role={filter.value.role}
            position={first + i}
            top={(first + i) * LINE_HEIGHT}
            id={cssId(row)}
          />
        ))}
      </div>
      {shown.length === 0 && !loading.value && <Nothing />}
      {held !== null && <p class="held">{text.live.held}</p>}
    </div>
  );
}

function Nothing() {
  const none = !allRows.value.some((row) => row.live);
  return (
    <div class="nothing">
      <p>{none ? text.live.noCalls : text.live.noneFit}</p>
      {none && <p class="muted">{text.live.noCallsHint}</p>}
    </div>
  );
}

/** Tells screen readers which call needs somebody, once. */
function Announcements() {
  const told = useRef(new Set<string>());
  const [line, setLine] = useState("");
  const grave = rows.value.filter((row) => row.live && level(row) === "high");
  useEffect(() => {
    const keys = new Set(grave.map(keyOf));
    const news = grave.find((row) => !told.current.has(keyOf(row)));
    told.current = keys;
    if (news !== undefined) {
      setLine(
        text.live.announce(
          news.conversation,
          news.reasons.map((reason) => text.reason[reason] ?? reason).join(", "),
        ),
      );
    }
  });
  return (
    <p class="unseen" role="status" aria-live="polite">
      {line}
    </p>
  );
}

/** The arrow keys go from call to call. */
function moveFocus(event: KeyboardEvent): void {
  const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (by === 0) {
    return;
  }
  const lines = event.currentTarget as HTMLElement;
  const links = [...lines.querySelectorAll<HTMLElement>("[role=row] a")].sort(
    (a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top,
  );
  const at = links.indexOf(document.activeElement as HTMLElement);
  links[at + by]?.focus();
  event.preventDefault();
}

function measure(
  box: HTMLElement | null,
  set: (view: { top: number; height: number }) => void,
): (() => void) | undefined {
  if (box === null) {
    return undefined;
  }
  const update = () =>
    set({ top: Math.max(0, -box.getBoundingClientRect().top), height: window.innerHeight });
  update();
  window.addEventListener("scroll", update, { passive: true });
  window.addEventListener("resize", update);
  return () => {
    window.removeEventListener("scroll", update);
    window.removeEventListener("resize", update);
  };
}

/** An id for the document; conversations may contain anything. */
function cssId(row: CallRow): string {
  return keyOf(row).replace(/[^\w-]/g, (found) => `_${found.charCodeAt(0)}_`);
}
