import type { Probabilities } from "./api";

/** From bottom to top of a stack: the negative ones first, where the eye rests. */
export const EMOTIONS = ["angry", "sad", "neutral", "happy"] as const;

/** Emotions in the order of a stack, also those that this page does not know. */
export function stackOrder(known: Iterable<string>): string[] {
  const others = new Set(known);
  EMOTIONS.forEach((emotion) => others.delete(emotion));
  return [...EMOTIONS, ...[...others].sort()];
}

export type Certainty = "low" | "fair" | "high";

/**
 * How certain an estimate is, by its largest probability: four equally probable emotions have
 * 0.25, and half of all is still a guess.
 */
export function certainty(confidence: number | null): Certainty {
  if (confidence === null || confidence < 0.5) {
    return "low";
  }
  return confidence < 0.75 ? "fair" : "high";
}

/** From -1 to 1: happy - sad - angry. */
export function valence(probabilities: Probabilities): number {
  return (
    (probabilities["happy"] ?? 0) - (probabilities["sad"] ?? 0) - (probabilities["angry"] ?? 0)
  );
}

export function isNegative(emotion: string | null): boolean {
  return emotion === "angry" || emotion === "sad";
}
