package io.undertone.operators.order;

/** What a chunk is when it comes. */
enum Arrival {
  /** The one that is due. */
  DUE,
  /** Before its turn. */
  EARLY,
  /** Came before. */
  DUPLICATE,
  /** Its place was given up. */
  LATE,
  /** Behind the channel's last chunk. */
  BEYOND_LAST,
  /** Too far ahead to be believed. */
  TOO_FAR
}
