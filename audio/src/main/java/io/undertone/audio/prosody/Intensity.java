package io.undertone.audio.prosody;

import io.undertone.audio.Pcm16;
import java.util.Arrays;

/**
 * The level of an utterance over time: the power in windows of 64 ms, weighted towards their
 * middle, every 10 ms. The mean of the samples is taken off before.
 */
final class Intensity {
  /** How much quieter than the loudest frames speech may be. */
  static final int SPEECH_RANGE_DB = 25;

  /** Time from a frame to the next. */
  static final int STEP_MS = 10;

  private static final int WINDOW_MS = 64;

  /** A single click must not decide what is loud, so the loudest frames are all but one in 100. */
  private static final double LOUDEST = 0.99;

  private static final double FULL_SCALE = 32768;

  /** Half a step of a 16-bit sample: the level of silence. */
  private static final double SILENCE = Math.pow(0.5 / FULL_SCALE, 2);

  /** Of each frame; 1 is the power of a square wave of full scale. */
  private final double[] power;

  private final double[] levelDb;
  private final double speechThresholdDb;

  private Intensity(double[] power) {
    this.power = power;
    levelDb = Arrays.stream(power).map(Intensity::decibels).toArray();
    double[] sorted = levelDb.clone();
    Arrays.sort(sorted);
    speechThresholdDb = sorted[(int) (LOUDEST * (sorted.length - 1))] - SPEECH_RANGE_DB;
  }

  static Intensity of(Pcm16 audio) {
    double[] squares = squares(audio.samples());
    int step = audio.sampleRateHz() * STEP_MS / 1000;
    double[] window = window(audio.sampleRateHz() * WINDOW_MS / 1000);
    double[] weights = sums(window);
    double[] power = new double[Math.max(1, squares.length / step)];
    for (int i = 0; i < power.length; i++) {
      int begin = i * step + step / 2 - window.length / 2;
      // What lies outside of the utterance has no weight.
      int from = Math.max(0, -begin);
      int to = Math.min(window.length, squares.length - begin);
      double weight = from < to ? weights[to] - weights[from] : 0;
      power[i] =
          weight == 0
              ? SILENCE
              : Math.max(SILENCE, product(window, squares, begin, from, to) / weight);
    }
    return new Intensity(power);
  }

  private static double[] squares(short[] samples) {
    double mean = mean(samples);
    double[] squares = new double[samples.length];
    for (int i = 0; i < squares.length; i++) {
      double sample = (samples[i] - mean) / FULL_SCALE;
      squares[i] = sample * sample;
    }
    return squares;
  }

  /** Products of weights and squares, added. Four sums, since one would wait for each addition. */
  private static double product(double[] window, double[] squares, int begin, int from, int to) {
    double first = 0;
    double second = 0;
    double third = 0;
    double fourth = 0;
    int i = from;
    for (; i + 4 <= to; i += 4) {
      first += window[i] * squares[begin + i];
      second += window[i + 1] * squares[begin + i + 1];
      third += window[i + 2] * squares[begin + i + 2];
      fourth += window[i + 3] * squares[begin + i + 3];
    }
    for (; i < to; i++) {
      first += window[i] * squares[begin + i];
    }
    return first + second + third + fourth;
  }

  private static double mean(short[] samples) {
    long sum = 0;
    for (short sample : samples) {
      sum += sample;
    }
    return (double) sum / Math.max(1, samples.length);
  }

  private static double[] window(int length) {
    double[] window = new double[length];
    for (int i = 0; i < length; i++) {
      window[i] = 0.5 - 0.5 * Math.cos(2 * Math.PI * (i + 0.5) / length);
    }
    return window;
  }

  /** The sum of the first 0, 1, … values. */
  private static double[] sums(double[] values) {
    double[] sums = new double[values.length + 1];
    for (int i = 0; i < values.length; i++) {
      sums[i + 1] = sums[i] + values[i];
    }
    return sums;
  }

  int frames() {
    return levelDb.length;
  }

  /** Level of a frame in dBFS. */
  double levelDb(int frame) {
    return levelDb[frame];
  }

  /** Frames at least as loud are speech; in dBFS. */
  double speechThresholdDb() {
    return speechThresholdDb;
  }

  /** Level of the frames of speech together, in dBFS. */
  double speechLevelDb() {
    double sum = 0;
    int frames = 0;
    for (int i = 0; i < levelDb.length; i++) {
      if (levelDb[i] >= speechThresholdDb) {
        sum += power[i];
        frames++;
      }
    }
    return decibels(sum / frames);
  }

  /** Seconds from the first to the last frame of speech. */
  double speechSeconds() {
    int first = 0;
    while (levelDb[first] < speechThresholdDb) {
      first++;
    }
    int last = levelDb.length - 1;
    while (levelDb[last] < speechThresholdDb) {
      last--;
    }
    return (last - first + 1) * STEP_MS / 1000.0;
  }

  private static double decibels(double power) {
    return 10 * Math.log10(power);
  }
}
