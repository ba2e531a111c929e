package io.undertone.model.torch.llama.config;

/**
 * Rotation angles: pair i of position p by {@code p · f(i)}, where f is {@code theta^(-2i /
 * headWidth)}, changed by the scaling.
 *
 * @param scaling extends the context beyond that of pretraining
 */
public record RotaryAngles(double theta, RotaryScaling scaling) {

  /** Without scaling. */
  public RotaryAngles(double theta) {
    this(theta, RotaryScaling.NONE);
  }

  /**
   * The angle in each position of pair i in a step from one position to the next.
   *
   * @param time number of positions in the longest sequence of a batch
   */
  public double frequency(int pair, int headWidth, int time) {
    return scaling.frequency(theta, pair, headWidth, time);
  }

  /** Sequences of all times with the same result have the same angles. */
  public int variant(int time) {
    return scaling.variant(time);
  }
}
