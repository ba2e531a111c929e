package io.undertone.audio.vad;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Silero's voice activity model at 8 kHz on ONNX Runtime. All detectors of a JVM share a session,
 * which the last one frees as it closes.
 *
 * <p>The model needs the last 32 samples of the previous frame in front of each frame; without them
 * it silently detects nothing. So a state holds these samples beside the recurrent values.
 */
public final class SileroVad implements VoiceActivityDetector {
  private final SileroSession session;
  private final AtomicBoolean open = new AtomicBoolean(true);

  private SileroVad(SileroSession session) {
    this.session = session;
  }

  /**
   * Opens a detector.
   *
   * @throws IllegalStateException if the model is not on the class path or cannot be loaded
   */
  public static SileroVad open() {
    return new SileroVad(SileroSession.acquire());
  }

  @Override
  public VadState newState() {
    return new VadState(new float[SileroBuffers.STATE_VALUES]);
  }

  @Override
  public float speechProbability(float[] frame, VadState state) {
    check(frame, state);
    if (!open.get()) {
      throw new IllegalStateException("this SileroVad is closed");
    }
    return session.run(frame, state.values());
  }

  @Override
  public void skipSilence(float[] frame, VadState state) {
    check(frame, state);
    SileroBuffers.keepContext(frame, state.values());
  }

  @Override
  public void close() {
    if (open.compareAndSet(true, false)) {
      session.release();
    }
  }

  private static void check(float[] frame, VadState state) {
    if (frame.length != FRAME_SAMPLES) {
      throw new IllegalArgumentException(
          "a frame must have " + FRAME_SAMPLES + " samples, but has " + frame.length);
    }
    if (state.values().length != SileroBuffers.STATE_VALUES) {
      throw new IllegalArgumentException(
          "a state of SileroVad must have "
              + SileroBuffers.STATE_VALUES
              + " values, but has "
              + state.values().length);
    }
  }
}
