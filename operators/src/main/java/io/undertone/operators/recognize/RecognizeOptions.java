package io.undertone.operators.recognize;

import io.undertone.model.MemoryEncoding;
import io.undertone.model.recognizer.BatchLimits;
import io.undertone.operators.Bounds;
import java.io.Serializable;

/**
 * How long memories live, and how utterances share the device.
 *
 * @param memoryTtlMs erases a memory that was not updated for this long while the job ran, even if
 *     its call goes on
 * @param batches when a batch of utterances starts
 * @param residentBytes what the memories of idle calls may take of the device, in each subtask
 * @param saving precision of memories in checkpoints, and where they leave the device
 * @param hungDevice what follows when a batch misses its deadline
 * @param load when utterances do without a memory
 * @param tracedShare share of the calls whose utterances are traced, from 0 to 1
 */
public record RecognizeOptions(
    long memoryTtlMs,
    BatchLimits batches,
    long residentBytes,
    MemoryEncoding saving,
    HungDevice hungDevice,
    LoadLimits load,
    double tracedShare)
    implements Serializable {

  public RecognizeOptions {
    Bounds.atLeast(1, "memoryTtlMs", memoryTtlMs);
    Bounds.atLeast(0, "residentBytes", residentBytes);
    Bounds.within(0, 1, "tracedShare", tracedShare);
  }

  /**
   * One hour; batches of up to 32 utterances that wait 5 ms; 256 MiB; saved exactly; fails the job.
   */
  public static RecognizeOptions defaults() {
    return new RecognizeOptions(
        3_600_000,
        new BatchLimits(32, 5),
        256L << 20,
        MemoryEncoding.EXACT,
        HungDevice.FAIL_JOB,
        LoadLimits.defaults(),
        0);
  }

  public RecognizeOptions withMemoryTtlMs(long ttlMs) {
    return new RecognizeOptions(
        ttlMs, batches, residentBytes, saving, hungDevice, load, tracedShare);
  }

  public RecognizeOptions withBatches(BatchLimits limits) {
    return new RecognizeOptions(
        memoryTtlMs, limits, residentBytes, saving, hungDevice, load, tracedShare);
  }

  public RecognizeOptions withResidentBytes(long bytes) {
    return new RecognizeOptions(memoryTtlMs, batches, bytes, saving, hungDevice, load, tracedShare);
  }

  public RecognizeOptions withSaving(MemoryEncoding encoding) {
    return new RecognizeOptions(
        memoryTtlMs, batches, residentBytes, encoding, hungDevice, load, tracedShare);
  }

  public RecognizeOptions withHungDevice(HungDevice consequence) {
    return new RecognizeOptions(
        memoryTtlMs, batches, residentBytes, saving, consequence, load, tracedShare);
  }

  public RecognizeOptions withLoad(LoadLimits limits) {
    return new RecognizeOptions(
        memoryTtlMs, batches, residentBytes, saving, hungDevice, limits, tracedShare);
  }

  public RecognizeOptions withTracedShare(double traced) {
    return new RecognizeOptions(
        memoryTtlMs, batches, residentBytes, saving, hungDevice, load, traced);
  }

  /** The bound of steps in progress in a subtask: one batch, and the next. */
  int mostSteps() {
    return 2 * batches.utterances();
  }
}
