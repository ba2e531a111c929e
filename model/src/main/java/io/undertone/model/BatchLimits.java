package io.undertone.model;

import java.io.Serializable;

/**
 * When a batch begins.
 *
 * @param utterances a batch has at most so many, and begins when so many wait
 * @param waitMs an utterance waits at most this long for others to share a batch with, unless the
 *     model is busy
 */
public record BatchLimits(int utterances, long waitMs) implements Serializable {

  public BatchLimits {
    if (utterances < 1) {
      throw new IllegalArgumentException("utterances must be at least 1, but are " + utterances);
    }
    if (waitMs < 0) {
      throw new IllegalArgumentException("waitMs must be at least 0, but is " + waitMs);
    }
  }
}
