import { spark } from "../model/spark";
import { text } from "../text";

const WIDTH = 200;
const HEIGHT = 44;
const SPAN_SECONDS = 180;

/** Around zero, a point is neither. */
function signOf(valence: number): string {
  return valence < -15 ? "negative" : valence > 15 ? "positive" : "";
}

/** Valence over the last three minutes: above the line positive, below it negative. */
export function Sparkline(props: { trace: number[]; id: string }) {
  const { line, area, last } = spark(props.trace, WIDTH, HEIGHT, SPAN_SECONDS);
  const now = props.trace[props.trace.length - 1];
  return (
    <svg
      class="spark"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={now === undefined ? text.emotion["none"] : text.live.valenceNow(now)}
    >
      <clipPath id={`above-${props.id}`}>
        <rect x="0" y="0" width={WIDTH} height={HEIGHT / 2} />
      </clipPath>
      <clipPath id={`below-${props.id}`}>
        <rect x="0" y={HEIGHT / 2} width={WIDTH} height={HEIGHT / 2} />
      </clipPath>
      <path class="spark-above" d={area} clip-path={`url(#above-${props.id})`} />
      <path class="spark-below" d={area} clip-path={`url(#below-${props.id})`} />
      <path class="spark-zero" d={`M0 ${HEIGHT / 2}H${WIDTH}`} />
      <path class="spark-line" d={line} />
      {last !== null && (
        <circle
          class={`spark-now ${signOf(now ?? 0)}`}
          cx={last.x}
          cy={last.y}
          r="3.2"
        />
      )}
    </svg>
  );
}
