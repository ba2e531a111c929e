package io.undertone.jobs.options;

/** Where a job without a checkpoint begins to read. */
public enum StartingOffsets {
  /** Where the consumer group stopped, or at the topic's beginning where it never read. */
  COMMITTED,
  EARLIEST,
  LATEST
}
