package io.undertone.model.torch.dpm;

import ai.djl.ndarray.NDManager;

/** Which optimiser moves a memory, and how far. */
public sealed interface OptimizerSettings permits AdamW.Settings, GradientDescent.Settings {

  double learningRate();

  /** What a memory loses of itself at each step, as a share of the learning rate. */
  double weightDecay();

  /** The same with another learning rate. */
  OptimizerSettings withLearningRate(double otherRate);

  /** How many numbers are kept for each parameter between steps. */
  int moments();

  /**
   * @param manager owns the optimiser's constants
   */
  Optimizer create(NDManager manager);

  /** Refuses what cannot learn. */
  static void check(double learningRate, double weightDecay) {
    if (!(learningRate > 0)) {
      throw new IllegalArgumentException("learningRate must be above 0, but is " + learningRate);
    }
    if (!(weightDecay >= 0)) {
      throw new IllegalArgumentException("weightDecay must be at least 0, but is " + weightDecay);
    }
  }
}
