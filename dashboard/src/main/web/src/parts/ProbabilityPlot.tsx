import { useMemo } from "preact/hooks";
import type uPlot from "uplot";
import type { Probabilities, Utterance } from "../model/api";
import { stack } from "../model/timeline";
import { colour, theme } from "../model/theme";
import type { Span } from "../model/zoom";
import { text } from "../text";
import { Plot } from "./Plot";

export type Estimate = (utterance: Utterance) => Probabilities | null;

/** The probabilities of one side as stacked areas. */
export function ProbabilityPlot(props: {
  utterances: Utterance[];
  estimate: Estimate;
  span: Span;
  marked: [number, number] | null;
  onTime: (seconds: number) => void;
}) {
  const { emotions, times, tops } = useMemo(
    () => stack(props.utterances, props.estimate),
    [props.utterances, props.estimate],
  );
  const { series, bands } = useMemo(
    () => ({ series: lines(emotions), bands: areas(emotions) }),
    [emotions.join(), theme.value],
  );
  return (
    <Plot
      label={text.call.probabilities}
      height={260}
      span={props.span}
      data={useMemo(() => [times, ...tops] as uPlot.AlignedData, [times, tops])}
      series={series}
      bands={bands}
      range={[0, 1]}
      splits={[0, 0.25, 0.5, 0.75, 1]}
      names={(value) => `${Math.round(100 * value)} %`}
      marked={props.marked}
      onTime={props.onTime}
    />
  );
}

function fill(emotion: string): string {
  return colour(`emotion-${emotion}`) || colour("emotion-other");
}

function lines(emotions: string[]): uPlot.Series[] {
  return emotions.map((emotion, i) => ({
    label: emotion,
    stroke: colour("panel"),
    width: 1,
    points: { show: false },
    ...(i === 0 ? { fill: fill(emotion) } : {}),
  }));
}

/** Each area reaches down to the emotion below it. */
function areas(emotions: string[]): uPlot.Band[] {
  return emotions
    .slice(1)
    .map((emotion, i) => ({ series: [i + 2, i + 1], fill: fill(emotion) }) as uPlot.Band);
}
