package io.undertone.training.corpus;

/** What a clip may be used for. Speakers never stand in two splits. */
public enum Split {
  TRAIN,
  DEV,
  TEST
}
