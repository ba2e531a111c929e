package io.undertone.training.optimization;

/**
 * One-cycle learning rate schedule (Smith and Topin 2017): a cosine rise over the first tenth of
 * the steps, then a cosine decay to nearly 0.
 *
 * @param peak highest learning rate
 * @param steps of the whole run
 */
public record OneCycle(float peak, int steps) {

  private static final double RISE = 0.1;
  private static final double START = 1.0 / 25;
  private static final double END = 1e-4;

  /** The learning rate of a step, counted from 0. */
  public float at(int step) {
    double position = (double) step / Math.max(1, steps);
    double factor =
        position < RISE
            ? between(START, 1, position / RISE)
            : between(1, END, (position - RISE) / (1 - RISE));
    return (float) (peak * factor);
  }

  private static double between(double from, double to, double share) {
    return from + (to - from) * (1 - Math.cos(Math.PI * share)) / 2;
  }
}
