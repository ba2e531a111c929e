package io.undertone.jobs.options;

/** How often an event stands in its topic. */
public enum Delivery {
  /** Events leave at once; after a failure some come again, with the same event id. */
  AT_LEAST_ONCE,
  /** Events leave in Kafka transactions, and are visible to read_committed at each checkpoint. */
  EXACTLY_ONCE
}
