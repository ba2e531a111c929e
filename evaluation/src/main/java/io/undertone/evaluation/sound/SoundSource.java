package io.undertone.evaluation.sound;

import java.util.Random;

/** Makes the samples of a sound at {@link CallSound#SAMPLE_RATE_HZ}. */
@FunctionalInterface
interface SoundSource {

  /**
   * New samples in [-1, 1].
   *
   * @param length number of samples
   * @param random decides all that varies
   */
  float[] samples(int length, Random random);
}
