import { useMemo } from "preact/hooks";
import type uPlot from "uplot";
import type { Utterance } from "../model/api";
import { valences } from "../model/timeline";
import { colour, theme } from "../model/theme";
import type { Span } from "../model/zoom";
import { text } from "../text";
import { Plot } from "./Plot";

/** Valence of one side: with memory as a line, without it as a dashed one. */
export function ValencePlot(props: {
  utterances: Utterance[];
  span: Span;
  marked: [number, number] | null;
  onTime: (seconds: number) => void;
}) {
  const { times, withMemory, withoutMemory } = useMemo(
    () => valences(props.utterances),
    [props.utterances],
  );
  const series = useMemo<uPlot.Series[]>(
    () => [
      {
        label: text.call.valenceWith,
        stroke: colour("accent"),
        width: 2.5,
        points: { show: true, size: 6, fill: colour("accent") },
      },
      {
        label: text.call.valenceWithout,
        stroke: colour("muted"),
        width: 1.5,
        dash: [5, 4],
        points: { show: false },
      },
    ],
    [theme.value],
  );
  return (
    <Plot
      label={text.call.valence}
      height={150}
      span={props.span}
      data={useMemo(
        () => [times, withMemory, withoutMemory] as uPlot.AlignedData,
        [times, withMemory, withoutMemory],
      )}
      series={series}
      range={[-1.05, 1.05]}
      splits={[-1, 0, 1]}
      names={(value) => (value === 0 ? "0" : value > 0 ? "+1" : "−1")}
      marked={props.marked}
      onTime={props.onTime}
    />
  );
}
