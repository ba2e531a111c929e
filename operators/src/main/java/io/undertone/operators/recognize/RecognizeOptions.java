package io.undertone.operators.recognize;

import io.undertone.model.MemoryEncoding;
import io.undertone.model.recognizer.BatchLimits;
import io.undertone.operators.Bounds;
import java.io.Serializable;

/**
 * How long memories live, and how utterances share the device.
 *
 * @param memoryTtlMs a memory that learned nothing for this long is erased, whatever became of its
 *     call
 * @param batches when the utterances of many calls are heard together
 * @param residentBytes memories that wait for their call's next utterance stay on the device up to
 *     this much, in each subtask
 * @param saving what of a memory is kept in checkpoints, and where it leaves the device
 */
public record RecognizeOptions(
    long memoryTtlMs, BatchLimits batches, long residentBytes, MemoryEncoding saving)
    implements Serializable {

  public RecognizeOptions {
    Bounds.atLeast(1, "memoryTtlMs", memoryTtlMs);
    Bounds.atLeast(0, "residentBytes", residentBytes);
  }

  /** One hour; up to 32 utterances that wait 20 ms for each other; 256 MiB; saved as they are. */
  public static RecognizeOptions defaults() {
    return new RecognizeOptions(
        3_600_000, new BatchLimits(32, 20), 256L << 20, MemoryEncoding.EXACT);
  }

  public RecognizeOptions withMemoryTtlMs(long ttlMs) {
    return new RecognizeOptions(ttlMs, batches, residentBytes, saving);
  }

  public RecognizeOptions withBatches(BatchLimits limits) {
    return new RecognizeOptions(memoryTtlMs, limits, residentBytes, saving);
  }

  public RecognizeOptions withResidentBytes(long bytes) {
    return new RecognizeOptions(memoryTtlMs, batches, bytes, saving);
  }

  public RecognizeOptions withSaving(MemoryEncoding encoding) {
    return new RecognizeOptions(memoryTtlMs, batches, residentBytes, encoding);
  }

  /** How many steps a subtask takes in before it is done with some: one batch, and the next. */
  int mostSteps() {
    return 2 * batches.utterances();
  }
}
