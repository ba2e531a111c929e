package io.undertone.training.optimization;

/**
 * One-cycle learning rate schedule (Smith and Topin 2017): a cosine rise, then a cosine decay to
 * nearly 0.
 *
 * @param peak highest learning rate
 * @param steps of the whole run
 * @param rise share of the steps in which the rate rises
 */
public record OneCycle(float peak, int steps, double rise) {

  private static final double RISE = 0.1;
  private static final double LARGEST_RISE = 0.5;
  private static final double START = 1.0 / 25;
  private static final double END = 1e-4;

  /** A schedule that rises over the first tenth of the steps. */
  public OneCycle(float peak, int steps) {
    this(peak, steps, RISE);
  }

  /**
   * A schedule that rises over the first tenth of the steps, but over at least some of them. Half
   * of a short run is the most.
   *
   * @param leastRise steps
   */
  public static OneCycle rising(float peak, int steps, int leastRise) {
    double least = Math.min(LARGEST_RISE, (double) leastRise / Math.max(1, steps));
    return new OneCycle(peak, steps, Math.max(RISE, least));
  }

  /** The learning rate of a step, counted from 0. */
  public float at(int step) {
    double position = (double) step / Math.max(1, steps);
    double factor =
        position < rise
            ? between(START, 1, position / rise)
            : between(1, END, (position - rise) / (1 - rise));
    return (float) (peak * factor);
  }

  private static double between(double from, double to, double share) {
    return from + (to - from) * (1 - Math.cos(Math.PI * share)) / 2;
  }
}
