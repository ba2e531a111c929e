package io.undertone.model.torch.features;

/**
 * Pitch and spectrum of a whole utterance, including the effect of its line. {@link
 * StackedFeatures} leave them out: alone they depend more on speaker and line than on emotion, but
 * compared with earlier utterances of the same speaker they show emotion well.
 *
 * <pre>
 * mean of log pitch, its standard deviation, share of voiced frames, log of the frames, 40 bands
 * </pre>
 */
public final class VoiceMeasures {

  /** Number of measures. */
  public static final int WIDTH = 4 + FrameFeatures.MEL_BANDS;

  private static final int BANDS = 4;

  private VoiceMeasures() {}

  /**
   * Measures an utterance.
   *
   * @return {@value #WIDTH} values, or an empty array if no frame is voiced
   */
  public static float[] of(FrameFeatures utterance) {
    int frames = utterance.frames();
    float[] values = utterance.values();
    double[] sums = new double[FrameFeatures.MEL_BANDS];
    double pitch = 0;
    double pitchSquares = 0;
    int voiced = 0;
    for (int frame = 0; frame < frames; frame++) {
      int row = frame * FrameFeatures.WIDTH;
      for (int band = 0; band < sums.length; band++) {
        sums[band] += values[row + band];
      }
      double logF0 = values[row + FrameFeatures.LOG_F0];
      if (logF0 > 0) {
        voiced++;
        pitch += logF0;
        pitchSquares += logF0 * logF0;
      }
    }
    if (voiced == 0) {
      return new float[0];
    }
    float[] measures = new float[WIDTH];
    double meanPitch = pitch / voiced;
    double variance = pitchSquares / voiced - meanPitch * meanPitch;
    measures[0] = (float) meanPitch;
    measures[1] = (float) Math.sqrt(Math.max(0, variance));
    measures[2] = (float) voiced / frames;
    measures[3] = (float) Math.log(frames);
    for (int band = 0; band < sums.length; band++) {
      measures[BANDS + band] = (float) (sums[band] / frames);
    }
    return measures;
  }
}
