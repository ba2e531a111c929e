package io.undertone.training.corpus;

/** What a clip may be used for. Splits never share speakers. */
public enum Split {
  TRAIN,
  DEV,
  TEST
}
