package io.undertone.analytics;

/** How far a query reads. */
public enum ReadRange {
  /** To what the topics have now; the result is complete. */
  UNTIL_NOW,
  /** On and on; the result is a stream of changes. */
  FOLLOWING
}
