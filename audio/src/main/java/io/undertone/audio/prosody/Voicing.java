package io.undertone.audio.prosody;

import io.undertone.audio.Pcm16;

/** Whether a voice sounds at a frame: whether the waveform repeats with a pitch of speech. */
final class Voicing {
  private static final int LOWEST_PITCH_HZ = 75;
  private static final int HIGHEST_PITCH_HZ = 500;
  private static final int WINDOW_MS = 30;

  /** Correlation of the waveform with itself, one period later, from which on it is voiced. */
  private static final double THRESHOLD = 0.45;

  private final short[] samples;
  private final int rateHz;

  /** The squares of the samples before each one, added. */
  private final long[] energy;

  Voicing(Pcm16 audio) {
    samples = audio.samples();
    rateHz = audio.sampleRateHz();
    energy = new long[samples.length + 1];
    for (int i = 0; i < samples.length; i++) {
      energy[i + 1] = energy[i] + samples[i] * samples[i];
    }
  }

  /** Whether the waveform around a frame of {@link Intensity} is periodic. */
  boolean isVoiced(int frame) {
    int middle = (int) ((frame + 0.5) * Intensity.STEP_MS * rateHz / 1000);
    int window = WINDOW_MS * rateHz / 1000;
    for (int lag = rateHz / HIGHEST_PITCH_HZ; lag <= rateHz / LOWEST_PITCH_HZ; lag++) {
      int begin = middle - (window + lag) / 2;
      if (correlation(begin, window, lag) >= THRESHOLD) {
        return true;
      }
    }
    return false;
  }

  private double correlation(int begin, int window, int lag) {
    int from = Math.max(0, begin);
    int to = Math.min(begin + window, samples.length - lag);
    if (from >= to) {
      return 0;
    }
    double first = energy[to] - energy[from];
    double second = energy[to + lag] - energy[from + lag];
    return first == 0 || second == 0 ? 0 : product(from, to, lag) / Math.sqrt(first * second);
  }

  /** Products of samples and those a lag later, added: four at a time, which is faster. */
  private double product(int from, int to, int lag) {
    long first = 0;
    long second = 0;
    int i = from;
    for (; i + 4 <= to; i += 4) {
      first += (long) samples[i] * samples[i + lag] + (long) samples[i + 1] * samples[i + 1 + lag];
      second +=
          (long) samples[i + 2] * samples[i + 2 + lag]
              + (long) samples[i + 3] * samples[i + 3 + lag];
    }
    for (; i < to; i++) {
      first += (long) samples[i] * samples[i + lag];
    }
    return first + second;
  }
}
