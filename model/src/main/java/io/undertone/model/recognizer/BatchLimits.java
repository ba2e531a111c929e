package io.undertone.model.recognizer;

import java.io.Serializable;

/**
 * When a batch starts, and when it must have ended.
 *
 * @param utterances size of a full batch, which starts at once
 * @param waitMs how long an utterance waits for a batch to fill; longer only while the model is
 *     busy
 * @param deadlineMs a device that takes longer for one batch has hung
 */
public record BatchLimits(int utterances, long waitMs, long deadlineMs) implements Serializable {
  /** Two minutes, many times what the largest batch takes on one core. */
  public static final long DEFAULT_DEADLINE_MS = 120_000;

  public BatchLimits {
    if (utterances < 1) {
      throw new IllegalArgumentException("utterances must be at least 1, but are " + utterances);
    }
    if (waitMs < 0) {
      throw new IllegalArgumentException("waitMs must be at least 0, but is " + waitMs);
    }
    if (deadlineMs < 1) {
      throw new IllegalArgumentException("deadlineMs must be at least 1, but is " + deadlineMs);
    }
  }

  /** With {@link #DEFAULT_DEADLINE_MS}. */
  public BatchLimits(int utterances, long waitMs) {
    this(utterances, waitMs, DEFAULT_DEADLINE_MS);
  }
}
