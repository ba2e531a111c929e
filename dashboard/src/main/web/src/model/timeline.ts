import type { Probabilities, Utterance } from "./api";
import { stackOrder, valence } from "./emotions";

/** Times in seconds, and one series for each emotion, as uPlot takes them. */
export interface Stack {
  emotions: string[];
  times: number[];
  /** Sum of this emotion's probability and of those below it. */
  tops: (number | null)[][];
}

type Estimate = (utterance: Utterance) => Probabilities | null;

/**
 * Probabilities of one side as stacked areas. An estimate holds from the begin of its utterance to
 * its end, or to the begin of the next one if that is earlier; silence is empty.
 */
export function stack(utterances: Utterance[], estimate: Estimate): Stack {
  const estimated = utterances.filter((utterance) => estimate(utterance) !== null);
  const emotions = stackOrder(
    estimated.flatMap((utterance) => Object.keys(estimate(utterance) ?? {})),
  );
  const times: number[] = [];
  const tops: (number | null)[][] = emotions.map(() => []);
  estimated.forEach((utterance, i) => {
    const next = estimated[i + 1];
    const end = Math.min(utterance.endMs, Math.max(utterance.beginMs, next?.beginMs ?? Infinity));
    const probabilities = estimate(utterance) ?? {};
    for (const time of [utterance.beginMs, end]) {
      times.push(time / 1000);
      let sum = 0;
      emotions.forEach((emotion, at) => {
        sum += probabilities[emotion] ?? 0;
        tops[at]?.push(sum);
      });
    }
    if (next !== undefined && next.beginMs > end) {
      times.push((end + next.beginMs) / 2000);
      tops.forEach((top) => top.push(null));
    }
  });
  return { emotions, times: ascending(times), tops };
}

/** uPlot wants times that never fall; two that are equal draw a step. */
function ascending(times: number[]): number[] {
  let last = -Infinity;
  return times.map((time) => (last = Math.max(last, time)));
}

/** Valence at the middle of each utterance, with and without memory. */
export function valences(utterances: Utterance[]): {
  times: number[];
  withMemory: (number | null)[];
  withoutMemory: (number | null)[];
} {
  const of = (probabilities: Probabilities | null) =>
    probabilities === null ? null : valence(probabilities);
  return {
    times: ascending(
      utterances.map((utterance) => (utterance.beginMs + utterance.endMs) / 2000),
    ),
    withMemory: utterances.map((utterance) => of(utterance.probabilities)),
    withoutMemory: utterances.map((utterance) => of(utterance.withoutMemory)),
  };
}

/** The utterance that a key press goes to. */
export function step(utterances: Utterance[], selected: string | null, by: number): string | null {
  if (utterances.length === 0) {
    return null;
  }
  const at = utterances.findIndex((utterance) => utterance.eventId === selected);
  const from = at < 0 ? utterances.length - 1 : at;
  const to = Math.min(utterances.length - 1, Math.max(0, from + by));
  return utterances[to]?.eventId ?? null;
}
