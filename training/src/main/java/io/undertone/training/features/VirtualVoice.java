package io.undertone.training.features;

import io.undertone.model.torch.features.FrameFeatures;
import io.undertone.model.torch.features.MelSpectrum;
import java.util.Random;

/**
 * A random voice and channel: vocal tract length, pitch, and a filter with tilt and ripple. It is
 * constant for a speaker, so that a model can learn to compare an utterance with earlier ones of
 * the same voice.
 */
final class VirtualVoice {
  private static final double LOG_F0_SPREAD = 0.1;
  private static final double TRACT_SPREAD = 0.05;
  private static final double MOST_TRACT = 0.18;
  private static final double TILT_SPREAD = 0.75;
  private static final double RIPPLE_SPREAD = 0.3;

  private final double[] sourceBands = new double[FrameFeatures.MEL_BANDS];
  private final float[] filter = new float[FrameFeatures.MEL_BANDS];
  private final float logF0Shift;

  private VirtualVoice(double tract, double tilt, double ripple, double phase, double logF0Shift) {
    this.logF0Shift = (float) logF0Shift;
    for (int band = 0; band < filter.length; band++) {
      double position = 2.0 * band / (filter.length - 1) - 1;
      filter[band] = (float) (tilt * position + ripple * Math.sin(phase + 6 * position));
      double source = MelSpectrum.band(MelSpectrum.centreHz(band) * tract);
      sourceBands[band] = Math.max(0, Math.min(filter.length - 1, source));
    }
  }

  static VirtualVoice draw(Random random) {
    double tract = random.nextGaussian() * TRACT_SPREAD;
    return new VirtualVoice(
        Math.exp(Math.max(-MOST_TRACT, Math.min(MOST_TRACT, tract))),
        random.nextGaussian() * TILT_SPREAD,
        random.nextGaussian() * RIPPLE_SPREAD,
        random.nextDouble() * 2 * Math.PI,
        random.nextGaussian() * LOG_F0_SPREAD);
  }

  /**
   * Changes a clip's features in place. Vocal tract length perturbation (Jaitly and Hinton 2013):
   * each band takes the energy at a multiple of its frequency.
   */
  void applyTo(FrameFeatures clip) {
    float[] values = clip.values();
    float[] original = new float[filter.length];
    for (int frame = 0; frame < clip.frames(); frame++) {
      int row = frame * FrameFeatures.WIDTH;
      System.arraycopy(values, row, original, 0, original.length);
      for (int band = 0; band < filter.length; band++) {
        int below = Math.min(original.length - 2, (int) sourceBands[band]);
        float share = (float) (sourceBands[band] - below);
        float energy = original[below] * (1 - share) + original[below + 1] * share;
        values[row + band] = energy + filter[band];
      }
      if (values[row + FrameFeatures.LOG_F0] > 0) {
        values[row + FrameFeatures.LOG_F0] += logF0Shift;
      }
    }
  }
}
