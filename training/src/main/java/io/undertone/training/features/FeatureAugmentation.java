package io.undertone.training.features;

import io.undertone.model.torch.features.FrameFeatures;
import io.undertone.model.torch.features.StackedFeatures;
import io.undertone.model.torch.features.TokenFeatures;
import java.util.Random;

/**
 * Augments the features of a clip: voice, pace, noise and masks. Works on {@link FrameFeatures},
 * before the mean of each band is subtracted.
 */
public final class FeatureAugmentation {

  private static final double PACE_SPREAD = 0.1;
  private static final double NOISE_SPREAD = 0.25;
  private static final int MOST_MASKED_BANDS = 8;
  private static final int MOST_MASKED_FRAMES = 24;

  private FeatureAugmentation() {}

  /**
   * Changes voice and pace of a clip and adds noise.
   *
   * @param clip is not modified
   */
  static FrameFeatures vary(FrameFeatures clip, VirtualVoice voice, Random random) {
    FrameFeatures paced = resampled(clip, 1 + random.nextGaussian() * PACE_SPREAD);
    voice.applyTo(paced);
    float[] values = paced.values();
    float noise = (float) (random.nextDouble() * NOISE_SPREAD);
    for (int frame = 0; frame < paced.frames(); frame++) {
      for (int band = 0; band < FrameFeatures.MEL_BANDS; band++) {
        values[frame * FrameFeatures.WIDTH + band] += noise * (float) random.nextGaussian();
      }
    }
    return paced;
  }

  /** Changes the pace by nearest-neighbour resampling of the frames. */
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

  /** SpecAugment (Park et al. 2019): zeroes a span of frames and a range of bands. */
  public static TokenFeatures masked(FrameFeatures clip, Random random) {
    TokenFeatures stacked = StackedFeatures.of(clip);
    float[] values = stacked.values();
    int frames = stacked.time() * StackedFeatures.STACK;
    int bands = random.nextInt(MOST_MASKED_BANDS + 1);
    int firstBand = random.nextInt(FrameFeatures.MEL_BANDS - bands + 1);
    int masked = Math.min(frames / 4, random.nextInt(MOST_MASKED_FRAMES + 1));
    int firstFrame = random.nextInt(frames - masked + 1);
    for (int frame = 0; frame < frames; frame++) {
      boolean maskedFrame = frame >= firstFrame && frame < firstFrame + masked;
      int row = frame * StackedFeatures.FRAME_WIDTH;
      int from = maskedFrame ? 0 : firstBand;
      int to = maskedFrame ? StackedFeatures.FRAME_WIDTH : firstBand + bands;
      for (int value = from; value < to; value++) {
        values[row + value] = 0;
      }
    }
    return stacked;
  }
}
