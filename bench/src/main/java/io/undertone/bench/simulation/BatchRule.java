package io.undertone.bench.simulation;

/**
 * When a batch starts: see {@link io.undertone.model.recognizer.BatchLimits}.
 *
 * @param utterances of a full batch, which starts as soon as the device is free
 * @param waitMs how long an utterance waits on an idle device for others
 */
public record BatchRule(int utterances, double waitMs) {
  public BatchRule {
    if (utterances < 1) {
      throw new IllegalArgumentException("utterances must be at least 1, but are " + utterances);
    }
    if (!(waitMs >= 0 && waitMs < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("waitMs must be from 0, but is " + waitMs);
    }
  }
}
