package io.undertone.model.torch.tokenizer;

import io.undertone.audio.Pcm;

/** Sounds that are voiced like speech: harmonics under a formant, loud and soft in turn. */
public final class Voices {

  private Voices() {}

  /**
   * A vowel of half a second to several, four syllables a second.
   *
   * @param fundamentalHz pitch
   * @param formantHz where the harmonics are loudest
   */
  public static Pcm vowel(double fundamentalHz, double formantHz, double seconds) {
    float[] samples = new float[(int) (seconds * FrameFeatures.SAMPLE_RATE_HZ)];
    for (int i = 0; i < samples.length; i++) {
      double time = (double) i / FrameFeatures.SAMPLE_RATE_HZ;
      double sum = 0;
      for (int harmonic = 1; harmonic * fundamentalHz < 3800; harmonic++) {
        double distance = (harmonic * fundamentalHz - formantHz) / 300;
        sum += Math.sin(2 * Math.PI * harmonic * fundamentalHz * time) / (1 + distance * distance);
      }
      double syllable = 0.6 + 0.4 * Math.sin(2 * Math.PI * 4 * time);
      samples[i] = (float) (0.1 * sum * syllable);
    }
    return new Pcm(samples, FrameFeatures.SAMPLE_RATE_HZ);
  }
}
