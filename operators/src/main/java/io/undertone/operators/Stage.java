package io.undertone.operators;

import java.util.Locale;

/** The stages of the pipeline, in the order of the data. */
public enum Stage {
  DECODE,
  ORDER,
  SEGMENT,
  RECOGNIZE,
  EMIT,
  ALERT;

  /** Name in dead letters and metrics. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
