package io.undertone.operators.order;

/** Classification of a chunk on arrival. */
enum Arrival {
  /** The next chunk of its channel. */
  DUE,
  /** Before its turn; waits. */
  EARLY,
  /** Arrived before. */
  DUPLICATE,
  /** Was given up. */
  LATE,
  /** After the channel's last chunk. */
  BEYOND_LAST,
  /** Implausibly far ahead. */
  TOO_FAR
}
