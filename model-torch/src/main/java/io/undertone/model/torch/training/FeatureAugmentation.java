package io.undertone.model.torch.training;

import io.undertone.model.torch.tokenizer.FrameFeatures;
import io.undertone.model.torch.tokenizer.MelSpectrum;
import io.undertone.model.torch.tokenizer.StackedFeatures;
import java.util.Random;

/**
 * Other lines, other voices, other paces: what a clip might have measured like. Works on {@link
 * FrameFeatures}, before the channel is normalised.
 */
final class FeatureAugmentation {

  private static final double PACE_SPREAD = 0.1;
  private static final double LOG_F0_SPREAD = 0.12;
  private static final double TRACT_SPREAD = 0.07;
  private static final double MOST_TRACT = 0.18;
  private static final double TILT_SPREAD = 0.75;
  private static final double RIPPLE_SPREAD = 0.3;
  private static final double NOISE_SPREAD = 0.25;
  private static final int MOST_MASKED_BANDS = 8;
  private static final int MOST_MASKED_FRAMES = 24;

  private FeatureAugmentation() {}

  static StackedFeatures vary(FrameFeatures clip, Random random) {
    FrameFeatures paced = resampled(clip, 1 + random.nextGaussian() * PACE_SPREAD);
    float[] values = paced.values();
    double tract = random.nextGaussian() * TRACT_SPREAD;
    warp(paced, Math.exp(Math.max(-MOST_TRACT, Math.min(MOST_TRACT, tract))));
    float[] bands = filter(random);
    float f0Shift = (float) (random.nextGaussian() * LOG_F0_SPREAD);
    float noise = (float) (random.nextDouble() * NOISE_SPREAD);
    for (int frame = 0; frame < paced.frames(); frame++) {
      int row = frame * FrameFeatures.WIDTH;
      for (int band = 0; band < FrameFeatures.MEL_BANDS; band++) {
        values[row + band] += bands[band] + noise * (float) random.nextGaussian();
      }
      if (values[row + FrameFeatures.LOG_F0] > 0) {
        values[row + FrameFeatures.LOG_F0] += f0Shift;
      }
    }
    StackedFeatures stacked = StackedFeatures.of(paced);
    mask(stacked, random);
    return stacked;
  }

  /**
   * A longer or shorter vocal tract (Jaitly and Hinton 2013): each band takes the energy that was
   * found at {@code factor} times its frequency.
   */
  private static void warp(FrameFeatures clip, double factor) {
    float[] before = new float[FrameFeatures.MEL_BANDS];
    for (int frame = 0; frame < clip.frames(); frame++) {
      int row = frame * FrameFeatures.WIDTH;
      System.arraycopy(clip.values(), row, before, 0, before.length);
      for (int band = 0; band < before.length; band++) {
        double from = MelSpectrum.band(MelSpectrum.centreHz(band) * factor);
        double bounded = Math.max(0, Math.min(before.length - 1, from));
        int below = Math.min(before.length - 2, (int) bounded);
        float share = (float) (bounded - below);
        clip.values()[row + band] = before[below] * (1 - share) + before[below + 1] * share;
      }
    }
  }

  /** What a line does to the bands: a tilt, and a ripple on it that differs from band to band. */
  private static float[] filter(Random random) {
    float[] bands = new float[FrameFeatures.MEL_BANDS];
    double tilt = random.nextGaussian() * TILT_SPREAD;
    double ripple = random.nextGaussian() * RIPPLE_SPREAD;
    double phase = random.nextDouble() * 2 * Math.PI;
    for (int band = 0; band < bands.length; band++) {
      double position = 2.0 * band / (bands.length - 1) - 1;
      bands[band] = (float) (tilt * position + ripple * Math.sin(phase + 6 * position));
    }
    return bands;
  }

  /** Faster or slower speech: frames are taken at other places, the nearest each. */
  private static FrameFeatures resampled(FrameFeatures clip, double pace) {
    double step = Math.max(0.7, Math.min(1.4, pace));
    int frames = Math.max(1, (int) (clip.frames() / step));
    float[] values = new float[frames * FrameFeatures.WIDTH];
    for (int frame = 0; frame < frames; frame++) {
      int from = Math.min(clip.frames() - 1, (int) (frame * step));
      System.arraycopy(
          clip.values(),
          from * FrameFeatures.WIDTH,
          values,
          frame * FrameFeatures.WIDTH,
          FrameFeatures.WIDTH);
    }
    return new FrameFeatures(values, frames);
  }

  /** SpecAugment (Park et al. 2019): a stretch of time and a stretch of bands fall silent. */
  private static void mask(StackedFeatures stacked, Random random) {
    float[] values = stacked.values();
    int frames = stacked.time() * StackedFeatures.STACK;
    int bands = random.nextInt(MOST_MASKED_BANDS + 1);
    int firstBand = random.nextInt(FrameFeatures.MEL_BANDS - bands + 1);
    int masked = Math.min(frames / 4, random.nextInt(MOST_MASKED_FRAMES + 1));
    int firstFrame = random.nextInt(frames - masked + 1);
    for (int frame = 0; frame < frames; frame++) {
      boolean silent = frame >= firstFrame && frame < firstFrame + masked;
      int row = frame * StackedFeatures.FRAME_WIDTH;
      int from = silent ? 0 : firstBand;
      int to = silent ? StackedFeatures.FRAME_WIDTH : firstBand + bands;
      for (int value = from; value < to; value++) {
        values[row + value] = 0;
      }
    }
  }
}
