package io.undertone.audio.vad;

/**
 * Tells speech from everything else, frame by frame. One detector serves many channels: what it
 * remembers of a channel is a {@link VadState} that the caller keeps. Safe for use by several
 * threads as long as each state is used by one at a time.
 */
public interface VoiceActivityDetector extends AutoCloseable {
  /** The rate that frames must have. */
  int SAMPLE_RATE_HZ = 8000;

  /** Samples in a frame: 32 ms. */
  int FRAME_SAMPLES = 256;

  /** What is known before a channel's first frame. */
  VadState newState();

  /**
   * Probability that somebody speaks in a frame.
   *
   * @param frame FRAME_SAMPLES samples in [-1, 1]
   * @param state what was heard before; changed to include this frame
   */
  float speechProbability(float[] frame, VadState state);

  /**
   * Takes a frame that is known to be silence, at next to no cost. What the state knows of the
   * channel's speech stays as it was.
   *
   * @param frame FRAME_SAMPLES samples in [-1, 1]
   * @param state what was heard before; changed where it must hold what came last
   */
  void passSilence(float[] frame, VadState state);

  /** Gives back what the detector holds; states remain readable. */
  @Override
  void close();
}
