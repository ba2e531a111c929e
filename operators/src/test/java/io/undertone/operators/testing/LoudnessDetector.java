package io.undertone.operators.testing;

import io.undertone.audio.vad.VadState;
import io.undertone.audio.vad.VoiceActivityDetector;

/** Detects loud frames as speech. */
public final class LoudnessDetector implements VoiceActivityDetector {
  private static final float LOUD = 0.05f;

  @Override
  public VadState newState() {
    return new VadState(new float[0]);
  }

  @Override
  public float speechProbability(float[] frame, VadState state) {
    float sum = 0;
    for (float sample : frame) {
      sum += Math.abs(sample);
    }
    return sum / frame.length > LOUD ? 1 : 0;
  }

  @Override
  public void skipSilence(float[] frame, VadState state) {}

  @Override
  public void close() {}
}
