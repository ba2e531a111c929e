package io.undertone.evaluation.sound;

import java.util.Random;

/** Numbers dialled on a keypad (DTMF, ITU-T Q.23): a number, a pause, another number. */
final class Keys implements SoundSource {
  static final int[] ROWS_HZ = {697, 770, 852, 941};
  static final int[] COLUMNS_HZ = {1209, 1336, 1477};
  static final int KEY_MS = 100;
  static final int GAP_MS = 100;

  private static final int KEYS_OF_A_NUMBER = 10;
  private static final int PAUSE_MS = 2000;
  private static final double AMPLITUDE = 0.15;

  @Override
  public float[] samples(int length, Random random) {
    float[] samples = new float[length];
    int at = 0;
    while (at < length) {
      for (int key = 0; key < KEYS_OF_A_NUMBER; key++) {
        int end = at + Waves.samples(KEY_MS);
        int rowHz = ROWS_HZ[random.nextInt(ROWS_HZ.length)];
        int columnHz = COLUMNS_HZ[random.nextInt(COLUMNS_HZ.length)];
        Waves.addSine(samples, at, end, rowHz, AMPLITUDE);
        Waves.addSine(samples, at, end, columnHz, AMPLITUDE);
        at = end + Waves.samples(GAP_MS);
      }
      at += Waves.samples(PAUSE_MS);
    }
    return samples;
  }
}
