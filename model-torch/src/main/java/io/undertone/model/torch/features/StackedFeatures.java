package io.undertone.model.torch.features;

/**
 * {@link FrameFeatures} normalised for the channel and stacked by four: {@value #WIDTH} values for
 * each token. The mean of each mel band over the utterance is subtracted, which removes most of the
 * effect of microphone and line.
 */
public final class StackedFeatures {

  public static final int STACK = 4;

  /** Values of a frame: mel bands, log F0, 1 if voiced or 0, strength of voicing. */
  public static final int FRAME_WIDTH = FrameFeatures.MEL_BANDS + 3;

  public static final int WIDTH = STACK * FRAME_WIDTH;

  private static final float MEL_SPREAD = 3;
  private static final float MEAN_LOG_F0 = 5.1f;
  private static final float LOG_F0_SPREAD = 0.4f;

  private StackedFeatures() {}

  /** Stacks the frames; frames at the end that do not fill a stack are dropped. */
  public static TokenFeatures of(FrameFeatures features) {
    int time = features.frames() / STACK;
    float[] means = bandMeans(features);
    float[] values = new float[time * WIDTH];
    for (int frame = 0; frame < time * STACK; frame++) {
      int from = frame * FrameFeatures.WIDTH;
      int to = frame * FRAME_WIDTH;
      for (int band = 0; band < FrameFeatures.MEL_BANDS; band++) {
        values[to + band] = (features.values()[from + band] - means[band]) / MEL_SPREAD;
      }
      float logF0 = features.values()[from + FrameFeatures.LOG_F0];
      int rest = to + FrameFeatures.MEL_BANDS;
      values[rest] = logF0 > 0 ? (logF0 - MEAN_LOG_F0) / LOG_F0_SPREAD : 0;
      values[rest + 1] = logF0 > 0 ? 1 : 0;
      values[rest + 2] = features.values()[from + FrameFeatures.VOICING] * 2 - 1;
    }
    return new TokenFeatures(values, time, WIDTH);
  }

  private static float[] bandMeans(FrameFeatures features) {
    float[] means = new float[FrameFeatures.MEL_BANDS];
    for (int band = 0; band < means.length; band++) {
      double sum = 0;
      for (int frame = 0; frame < features.frames(); frame++) {
        sum += features.values()[frame * FrameFeatures.WIDTH + band];
      }
      means[band] = (float) (sum / Math.max(1, features.frames()));
    }
    return means;
  }
}
