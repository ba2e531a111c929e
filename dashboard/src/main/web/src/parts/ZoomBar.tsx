import { clock } from "../model/format";
import { movedTo, zoomed, type Span } from "../model/zoom";
import { text } from "../text";

/** Which part of a call the charts show. */
export function ZoomBar(props: {
  span: Span;
  seconds: number;
  /** Null for the whole call. */
  onZoom: (span: Span | null) => void;
}) {
  const { span, seconds, onZoom } = props;
  const length = span.to - span.from;
  const whole = length >= seconds;
  const nearer = zoomed(span, 0.5, seconds);
  const shown = text.call.part(clock(span.from * 1000), clock(span.to * 1000));
  return (
    <div class="zoom" role="group" aria-label={text.call.zoom}>
      <button
        type="button"
        aria-label={text.call.zoomOut}
        disabled={whole}
        onClick={() => onZoom(orWhole(zoomed(span, 2, seconds), seconds))}
      >
        −
      </button>
      <button
        type="button"
        aria-label={text.call.zoomIn}
        disabled={nearer.to - nearer.from >= length}
        onClick={() => onZoom(nearer)}
      >
        +
      </button>
      <span role="status">{shown}</span>
      {!whole && (
        <>
          <input
            type="range"
            min={0}
            max={seconds - length}
            step="any"
            value={span.from}
            aria-label={text.call.zoomPosition}
            aria-valuetext={shown}
            onInput={(event) =>
              onZoom(movedTo(span, Number(event.currentTarget.value), seconds))
            }
          />
          <button type="button" class="quiet" onClick={() => onZoom(null)}>
            {text.call.wholeCall}
          </button>
        </>
      )}
    </div>
  );
}

function orWhole(span: Span, seconds: number): Span | null {
  return span.to - span.from >= seconds ? null : span;
}
