package io.undertone.evaluation.sound;

import java.util.List;
import java.util.Random;

/**
 * Sines that are switched on and off together.
 *
 * @param frequenciesHz of the sines, all at the same level
 */
record SignalTone(List<Integer> frequenciesHz, int onMs, int offMs) implements SoundSource {

  /** Of each sine. */
  private static final double AMPLITUDE = 0.15;

  @Override
  public float[] samples(int length, Random random) {
    float[] samples = new float[length];
    int on = Waves.samples(onMs);
    int period = on + Waves.samples(offMs);
    for (int from = 0; from < length; from += period) {
      for (int hz : frequenciesHz) {
        Waves.addSine(samples, from, from + on, hz, AMPLITUDE);
      }
    }
    return samples;
  }
}
