package io.undertone.audio.prosody;

import io.undertone.audio.Pcm16;

/** Whether a voice sounds at a frame: whether the waveform repeats with a pitch of speech. */
final class Voicing {
  private static final int LOWEST_PITCH_HZ = 75;
  private static final int HIGHEST_PITCH_HZ = 500;
  private static final int WINDOW_MS = 30;

  /** Correlation of the waveform with itself, one period later, from which on it is voiced. */
  private static final double THRESHOLD = 0.45;

  private Voicing() {}

  /** Whether the waveform around a frame of {@link Intensity} is periodic. */
  static boolean isVoiced(Pcm16 audio, int frame) {
    int rate = audio.sampleRateHz();
    int middle = (int) ((frame + 0.5) * Intensity.STEP_MS * rate / 1000);
    int window = WINDOW_MS * rate / 1000;
    for (int lag = rate / HIGHEST_PITCH_HZ; lag <= rate / LOWEST_PITCH_HZ; lag++) {
      int begin = middle - (window + lag) / 2;
      if (correlation(audio.samples(), begin, window, lag) >= THRESHOLD) {
        return true;
      }
    }
    return false;
  }

  private static double correlation(short[] samples, int begin, int window, int lag) {
    double product = 0;
    double first = 0;
    double second = 0;
    int end = Math.min(begin + window, samples.length - lag);
    for (int i = Math.max(0, begin); i < end; i++) {
      double one = samples[i];
      double other = samples[i + lag];
      product += one * other;
      first += one * one;
      second += other * other;
    }
    return first == 0 || second == 0 ? 0 : product / Math.sqrt(first * second);
  }
}
