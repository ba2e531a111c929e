import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import { colour, theme } from "../model/theme";
import { clock } from "../model/format";
import type { Span } from "../model/zoom";

/** The left edge of every plot's area, so that plots and tracks below each other agree. */
export const LEFT = 72;

/** Room to the right of it, for half of the last time. */
export const RIGHT = 28;

export interface PlotProps {
  label: string;
  height: number;
  span: Span;
  data: uPlot.AlignedData;
  series: uPlot.Series[];
  bands?: uPlot.Band[];
  range: [number, number];
  splits: number[];
  names: (value: number) => string;
  /** From and to in seconds: the utterance that is chosen. */
  marked: [number, number] | null;
  onTime: (seconds: number) => void;
}

/** A plot over a part of a call. Drawn again when anything of it changes. */
export function Plot(props: PlotProps) {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  // uPlot keeps its options: what changes while a call goes on is read from here.
  const span = useRef(props.span);
  const marked = useRef(props.marked);
  const onTime = useRef(props.onTime);
  span.current = props.span;
  marked.current = props.marked;
  onTime.current = props.onTime;
  const shape = JSON.stringify([props.series, props.bands, props.range, theme.value]);

  useEffect(() => {
    const element = box.current;
    if (element === null) {
      return undefined;
    }
    const made = new uPlot(
      options(
        props,
        element.clientWidth,
        () => span.current,
        () => marked.current,
      ),
      props.data,
      element,
    );
    plot.current = made;
    made.over.addEventListener("click", () => {
      if (made.cursor.left !== undefined && made.cursor.left >= 0) {
        onTime.current(made.posToVal(made.cursor.left, "x"));
      }
    });
    const watch = new ResizeObserver(() =>
      made.setSize({ width: element.clientWidth, height: props.height }),
    );
    watch.observe(element);
    return () => {
      watch.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [shape]);

  useEffect(() => {
    plot.current?.batch(() => {
      plot.current?.setData(props.data, false);
      plot.current?.setScale("x", { min: props.span.from, max: props.span.to });
    });
  }, [props.data, props.span.from, props.span.to]);
  useEffect(() => plot.current?.redraw(false), [props.marked?.[0], props.marked?.[1]]);

  return <div ref={box} class="plot" role="img" aria-label={props.label} />;
}

function options(
  props: PlotProps,
  width: number,
  span: () => Span,
  marked: () => [number, number] | null,
): uPlot.Options {
  const axis = { stroke: colour("muted"), font: "12px system-ui, sans-serif" };
  const grid = { stroke: colour("line"), width: 1 };
  return {
    width,
    height: props.height,
    padding: [8, RIGHT, 0, 0],
    legend: { show: false },
    cursor: { y: false, points: { show: false }, drag: { x: false, y: false } },
    scales: {
      x: { time: false, range: () => [span().from, span().to] },
      y: { range: () => props.range },
    },
    axes: [
      {
        ...axis,
        size: 28,
        grid: { show: false },
        ticks: { ...grid, size: 4 },
        values: (_, values) => values.map((value) => clock(value * 1000)),
      },
      {
        ...axis,
        size: LEFT,
        grid,
        ticks: { show: false },
        splits: () => props.splits,
        values: (_, values) => values.map(props.names),
      },
    ],
    series: [{}, ...props.series],
    ...(props.bands === undefined ? {} : { bands: props.bands }),
    hooks: { draw: [(drawn) => mark(drawn, marked())] },
  };
}

function mark(plot: uPlot, span: [number, number] | null): void {
  if (span === null) {
    return;
  }
  const from = plot.valToPos(span[0], "x", true);
  const to = plot.valToPos(span[1], "x", true);
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.strokeStyle = colour("ink");
  ctx.lineWidth = 2 * devicePixelRatio;
  ctx.setLineDash([]);
  const inset = ctx.lineWidth / 2;
  ctx.strokeRect(from, bbox.top + inset, Math.max(3, to - from), bbox.height - 2 * inset);
  ctx.restore();
}
