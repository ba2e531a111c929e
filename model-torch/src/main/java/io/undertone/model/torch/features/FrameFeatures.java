package io.undertone.model.torch.features;

import io.undertone.audio.Pcm;
import java.util.Arrays;

/**
 * Acoustic features of speech, {@value #FRAME_RATE_HZ} frames a second: the logarithm of the energy
 * in {@value #MEL_BANDS} mel bands, the logarithm of the fundamental frequency (0 if unvoiced), and
 * the strength of voicing in [0, 1].
 *
 * @param values (frames, {@value #WIDTH}), row by row
 * @param frames number of rows
 */
public record FrameFeatures(float[] values, int frames) {

  public static final int SAMPLE_RATE_HZ = 8000;
  public static final int FRAME_RATE_HZ = 100;
  public static final int MEL_BANDS = 40;
  public static final int LOG_F0 = MEL_BANDS;
  public static final int VOICING = MEL_BANDS + 1;
  public static final int WIDTH = MEL_BANDS + 2;

  static final int HOP_SAMPLES = SAMPLE_RATE_HZ / FRAME_RATE_HZ;
  private static final float VOICED = 0.5f;
  private static final float SPEECH_RMS = 0.05f;

  /** Energy below this share of the maximum is silence: 40 dB. */
  private static final double SILENCE = 1e-4;

  private static final int SILENCE_WINDOW_SAMPLES = 200;
  private static final int MARGIN_SAMPLES = 400;

  /**
   * Measures speech. Silence at both ends is cut off and the level is normalised first, because
   * both depend on the recording rather than on the emotion.
   *
   * @param speech at {@value #SAMPLE_RATE_HZ} Hz
   */
  public static FrameFeatures of(Pcm speech) {
    if (speech.sampleRateHz() != SAMPLE_RATE_HZ) {
      throw new IllegalArgumentException(
          "sampleRateHz must be " + SAMPLE_RATE_HZ + ", but is " + speech.sampleRateHz());
    }
    float[] samples = normalised(trimmed(speech.samples()));
    int frames = samples.length / HOP_SAMPLES;
    float[] values = new float[frames * WIDTH];
    MelSpectrum mel = new MelSpectrum();
    PitchTracker pitch = new PitchTracker();
    for (int frame = 0; frame < frames; frame++) {
      int centre = frame * HOP_SAMPLES;
      int row = frame * WIDTH;
      mel.logEnergies(samples, centre, values, row);
      PitchTracker.Pitch found = pitch.at(samples, centre);
      values[row + LOG_F0] = found.voicing() > VOICED ? (float) Math.log(found.frequencyHz()) : 0;
      values[row + VOICING] = found.voicing();
    }
    return new FrameFeatures(values, frames);
  }

  private static float[] trimmed(float[] samples) {
    int length = samples.length;
    double[] cumulated = new double[length + 1];
    for (int i = 0; i < length; i++) {
      cumulated[i + 1] = cumulated[i] + (double) samples[i] * samples[i];
    }
    int half = SILENCE_WINDOW_SAMPLES / 2;
    double loudest = 0;
    for (int i = 0; i < length; i++) {
      loudest = Math.max(loudest, energyAround(cumulated, i, half));
    }
    int first = 0;
    int last = length - 1;
    while (first < last && energyAround(cumulated, first, half) <= loudest * SILENCE) {
      first++;
    }
    while (last > first && energyAround(cumulated, last, half) <= loudest * SILENCE) {
      last--;
    }
    return Arrays.copyOfRange(
        samples, Math.max(0, first - MARGIN_SAMPLES), Math.min(length, last + MARGIN_SAMPLES));
  }

  private static double energyAround(double[] cumulated, int centre, int half) {
    int from = Math.max(0, centre - half);
    int to = Math.min(cumulated.length - 1, centre + half);
    return cumulated[to] - cumulated[from];
  }

  private static float[] normalised(float[] samples) {
    double squares = 0;
    for (float sample : samples) {
      squares += (double) sample * sample;
    }
    double rms = Math.sqrt(squares / Math.max(1, samples.length));
    float gain = (float) (SPEECH_RMS / (rms + 1e-6));
    float[] scaled = new float[samples.length];
    for (int i = 0; i < samples.length; i++) {
      scaled[i] = samples[i] * gain;
    }
    return scaled;
  }
}
