package io.undertone.model.torch.training;

/**
 * How far the rounds of a stage are.
 *
 * @param done rounds
 * @param sinceBest how many of them came after the best one
 * @param bestAccuracy unweighted accuracy of the best one
 */
record RoundsState(int done, int sinceBest, double bestAccuracy) {

  /**
   * After another round. A later round counts as better where it is as good, and where there is
   * nothing to judge it by.
   *
   * @param accuracy not a number where there are no development clips
   */
  RoundsState after(double accuracy) {
    boolean better = !(accuracy < bestAccuracy);
    return new RoundsState(done + 1, better ? 0 : sinceBest + 1, better ? accuracy : bestAccuracy);
  }
}
