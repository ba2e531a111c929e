package io.undertone.jobs.options;

/** Where a job without a checkpoint starts to read. */
public enum StartingOffsets {
  /** At the offsets that the consumer group committed, or at the earliest if there are none. */
  COMMITTED,
  EARLIEST,
  LATEST
}
