package io.undertone.audio.vad;

/**
 * Detects speech frame by frame. One detector serves many channels; the caller keeps a {@link
 * VadState} for each. Thread-safe, as long as each state is used by one thread at a time.
 */
public interface VoiceActivityDetector extends AutoCloseable {
  /** Sample rate of frames. */
  int SAMPLE_RATE_HZ = 8000;

  /** Samples per frame: 32 ms. */
  int FRAME_SAMPLES = 256;

  /** The state before a channel's first frame. */
  VadState newState();

  /**
   * Probability that a frame contains speech.
   *
   * @param frame FRAME_SAMPLES samples in [-1, 1]
   * @param state of the channel before the frame; updated
   */
  float speechProbability(float[] frame, VadState state);

  /**
   * Skips a frame of known silence at almost no cost. Only the part of the state that holds the
   * latest samples is updated.
   *
   * @param frame FRAME_SAMPLES samples in [-1, 1]
   * @param state of the channel before the frame; updated
   */
  void skipSilence(float[] frame, VadState state);

  /** Releases the detector's resources. States stay valid. */
  @Override
  void close();
}
