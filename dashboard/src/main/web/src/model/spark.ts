/** A sparkline's paths: the line, and the areas above and below zero. */
export interface Spark {
  line: string;
  area: string;
  last: { x: number; y: number } | null;
}

/**
 * Draws a trace.
 *
 * @param trace seconds, then valence from -100 to 100, and so on
 * @param span seconds that the whole width stands for; later ones are drawn, earlier ones cut
 */
export function spark(trace: number[], width: number, height: number, span: number): Spark {
  const points: { x: number; y: number }[] = [];
  const count = trace.length / 2;
  const end = count > 0 ? (trace[2 * (count - 1)] ?? 0) : 0;
  const pad = 3;
  for (let i = 0; i < count; i++) {
    const seconds = trace[2 * i] ?? 0;
    const valence = trace[2 * i + 1] ?? 0;
    const x = width - pad - ((end - seconds) / span) * (width - 2 * pad);
    if (x >= 0) {
      points.push({
        x: round(x),
        y: round(height / 2 - (valence / 100) * (height / 2 - pad)),
      });
    }
  }
  const first = points[0];
  const last = points[points.length - 1];
  if (first === undefined || last === undefined) {
    return { line: "", area: "", last: null };
  }
  const line = points.map((p, i) => `${i === 0 ? "M" : "L"}${p.x} ${p.y}`).join("");
  const zero = height / 2;
  return { line, area: `${line}L${last.x} ${zero}L${first.x} ${zero}Z`, last };
}

const round = (value: number) => Math.round(value * 10) / 10;
