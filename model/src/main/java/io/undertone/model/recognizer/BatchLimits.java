package io.undertone.model.recognizer;

import java.io.Serializable;

/**
 * When a batch starts.
 *
 * @param utterances size of a full batch, which starts at once
 * @param waitMs how long an utterance waits for a batch to fill; longer only while the model is
 *     busy
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
