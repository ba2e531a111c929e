package io.undertone.audio.prosody;

import io.undertone.audio.Pcm16;
import java.util.Arrays;

/**
 * The level of an utterance over time: the power in windows of 64 ms, weighted towards their
 * middle, every 10 ms. The mean of the samples is taken off before.
 *
 * @param power of each frame; 1 is that of a square wave of full scale
 */
record Intensity(double[] power) {
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

  static Intensity of(Pcm16 audio) {
    short[] samples = audio.samples();
    int step = audio.sampleRateHz() * STEP_MS / 1000;
    double[] window = window(audio.sampleRateHz() * WINDOW_MS / 1000);
    double mean = mean(samples);
    double[] power = new double[Math.max(1, samples.length / step)];
    for (int i = 0; i < power.length; i++) {
      power[i] = power(samples, i * step + step / 2 - window.length / 2, window, mean);
    }
    return new Intensity(power);
  }

  /** Squares around a position; what lies outside of the utterance has no weight. */
  private static double power(short[] samples, int begin, double[] window, double mean) {
    double sum = 0;
    double weights = 0;
    int end = Math.min(window.length, samples.length - begin);
    for (int i = Math.max(0, -begin); i < end; i++) {
      double sample = (samples[begin + i] - mean) / FULL_SCALE;
      sum += window[i] * sample * sample;
      weights += window[i];
    }
    return weights == 0 ? SILENCE : Math.max(SILENCE, sum / weights);
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

  int frames() {
    return power.length;
  }

  /** Level of a frame in dBFS. */
  double levelDb(int frame) {
    return decibels(power[frame]);
  }

  /** Frames at least as loud are speech; in dBFS. */
  double speechThresholdDb() {
    double[] sorted = power.clone();
    Arrays.sort(sorted);
    return decibels(sorted[(int) (LOUDEST * (sorted.length - 1))]) - SPEECH_RANGE_DB;
  }

  /** Level of the frames of speech together, in dBFS. */
  double speechLevelDb() {
    double threshold = speechThresholdDb();
    return decibels(
        Arrays.stream(power).filter(one -> decibels(one) >= threshold).average().orElse(SILENCE));
  }

  /** Seconds from the first to the last frame of speech. */
  double speechSeconds() {
    double threshold = speechThresholdDb();
    int first = 0;
    while (levelDb(first) < threshold) {
      first++;
    }
    int last = power.length - 1;
    while (levelDb(last) < threshold) {
      last--;
    }
    return (last - first + 1) * STEP_MS / 1000.0;
  }

  private static double decibels(double power) {
    return 10 * Math.log10(power);
  }
}
