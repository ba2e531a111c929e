package io.undertone.training.features;

import io.undertone.model.torch.features.TokenFeatures;
import java.util.Arrays;
import java.util.Random;
import java.util.SplittableRandom;

/** Augments the features of a clip, after SpecAugment (Park et al. 2019). */
public final class FeatureAugmentation {

  private static final int LEAST_CUT_ROWS = 30;
  private static final double LEAST_SHARE = 0.6;
  private static final int MOST_MASKED_ROWS = 8;
  private static final int MASKED_VALUES_DIVISOR = 8;
  private static final double LARGEST_NOISE = 0.2;

  private FeatureAugmentation() {}

  /**
   * Cuts half of the longer clips to 60 % or more, adds uniform noise, and zeroes a span of rows
   * and a range of values.
   *
   * @param clip is not modified
   */
  public static TokenFeatures of(TokenFeatures clip, Random random) {
    TokenFeatures cut = cut(clip, random);
    float[] values = cut.values();
    double noise = random.nextDouble() * LARGEST_NOISE;
    SplittableRandom fast = new SplittableRandom(random.nextLong());
    for (int i = 0; i < values.length; i++) {
      values[i] += (float) (noise * (2 * fast.nextDouble() - 1));
    }
    maskRows(cut, random);
    maskValues(cut, random);
    return cut;
  }

  private static TokenFeatures cut(TokenFeatures clip, Random random) {
    int time = clip.time();
    int rows = time;
    int begin = 0;
    if (time > LEAST_CUT_ROWS && random.nextBoolean()) {
      int least = (int) (time * LEAST_SHARE);
      rows = least + random.nextInt(time - least + 1);
      begin = random.nextInt(time - rows + 1);
    }
    int width = clip.width();
    return new TokenFeatures(
        Arrays.copyOfRange(clip.values(), begin * width, (begin + rows) * width), rows, width);
  }

  private static void maskRows(TokenFeatures clip, Random random) {
    int masked = Math.min(clip.time() / 4, random.nextInt(MOST_MASKED_ROWS + 1));
    int first = random.nextInt(clip.time() - masked + 1);
    Arrays.fill(clip.values(), first * clip.width(), (first + masked) * clip.width(), 0);
  }

  private static void maskValues(TokenFeatures clip, Random random) {
    int width = clip.width();
    int masked = random.nextInt(width / MASKED_VALUES_DIVISOR + 1);
    int first = random.nextInt(width - masked + 1);
    for (int row = 0; row < clip.time(); row++) {
      Arrays.fill(clip.values(), row * width + first, row * width + first + masked, 0);
    }
  }
}
