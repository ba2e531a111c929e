package io.undertone.bench.measure;

/** How much to measure. */
public enum Effort {
  /** Everything once and small: a smoke test. */
  SMOKE,
  /** All figures within ten minutes on two cores. */
  QUICK,
  /** More sizes and repetitions. */
  FULL
}
