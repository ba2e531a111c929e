package io.undertone.jobs.options;

/** What a job does if records are gone from a topic that it has not read. */
public enum MissingRecords {
  /** It counts them, says so in its log, and goes on with what is there. */
  SKIP,
  /** The same, but a topic that was created anew is a copy of the former one, with its offsets. */
  TRUST,
  /** It ends. */
  FAIL
}
