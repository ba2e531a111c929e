package io.undertone.training.optimization;

/**
 * How far the rounds of a stage are.
 *
 * @param done rounds
 * @param sinceBest how many of them came after the best one
 * @param bestLoss negative log likelihood of the development labels at the best one
 */
record RoundsState(int done, int sinceBest, double bestLoss) {

  static final RoundsState BEGIN = new RoundsState(0, 0, Double.POSITIVE_INFINITY);

  /**
   * After another round. A later round counts as better where it is as good, and where there is
   * nothing to judge it by.
   *
   * @param loss not a number where there are no development clips
   */
  RoundsState after(double loss) {
    boolean better = !(loss > bestLoss);
    return new RoundsState(done + 1, better ? 0 : sinceBest + 1, better ? loss : bestLoss);
  }
}
