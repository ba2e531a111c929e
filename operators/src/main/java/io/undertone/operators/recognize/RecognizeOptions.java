package io.undertone.operators.recognize;

import io.undertone.operators.Bounds;
import java.io.Serializable;

/**
 * How long a memory lives.
 *
 * @param memoryTtlMs a memory that learned nothing for this long is erased, whatever became of its
 *     call
 */
public record RecognizeOptions(long memoryTtlMs) implements Serializable {

  public RecognizeOptions {
    Bounds.atLeast(1, "memoryTtlMs", memoryTtlMs);
  }

  /** One hour. */
  public static RecognizeOptions defaults() {
    return new RecognizeOptions(3_600_000);
  }
}
