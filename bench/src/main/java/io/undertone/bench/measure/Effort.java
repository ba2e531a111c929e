package io.undertone.bench.measure;

/** How much is measured. */
public enum Effort {
  /** Everything once and small: a test that it works. */
  SMOKE,
  /** All figures within ten minutes on two cores. */
  QUICK,
  /** More sizes and repetitions. */
  FULL
}
