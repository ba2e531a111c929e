package io.undertone.training.optimization;

/**
 * Progress of a stage.
 *
 * @param done completed rounds
 * @param sinceBest rounds since the best one
 * @param bestLoss development NLL of the best round
 */
record RoundsState(int done, int sinceBest, double bestLoss) {

  static final RoundsState INITIAL = new RoundsState(0, 0, Double.POSITIVE_INFINITY);

  /**
   * The state after another round, which is the best so far unless its loss is higher.
   *
   * @param loss development NLL; NaN, without a development set, makes each round the best
   */
  RoundsState after(double loss) {
    boolean better = !(loss > bestLoss);
    return new RoundsState(done + 1, better ? 0 : sinceBest + 1, better ? loss : bestLoss);
  }
}
