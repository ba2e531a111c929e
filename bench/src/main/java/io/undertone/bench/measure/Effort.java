package io.undertone.bench.measure;

/** How much to measure. */
public enum Effort {
  /** A smoke test: everything once, with small sizes. */
  SMOKE,
  /** All figures within ten minutes on two cores. */
  QUICK,
  /** More sizes and repetitions. */
  FULL
}
