package io.undertone.audio.segment;

/** What a {@link ChannelSegmenter} keeps of the audio that it hears. */
public enum SegmenterMode {
  /** The audio of an utterance, until it is complete. */
  UTTERANCES,

  /**
   * Only when somebody speaks. Audio is overwritten as soon as the detector has heard it, and an
   * utterance has none: no sample, and no number. It is not cut at the maximum length.
   */
  ACTIVITY
}
