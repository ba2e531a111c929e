package io.undertone.model.torch.memory;

import io.undertone.model.MemoryUpdate;

/**
 * Which rows of a batch take their update, and the report of each. An update that is not finite is
 * dropped.
 */
public final class RowUpdates {
  private final float[] losses;
  private final float[] gradientNorms;
  private final boolean[] applied;

  /**
   * @param losses before the update, one per row
   * @param gradientNorms one per row
   */
  public RowUpdates(float[] losses, float[] gradientNorms) {
    this.losses = losses;
    this.gradientNorms = gradientNorms;
    this.applied = new boolean[losses.length];
    for (int row = 0; row < losses.length; row++) {
      applied[row] = Float.isFinite(losses[row]) && Float.isFinite(gradientNorms[row]);
    }
  }

  /**
   * Drops the updates that led to an estimate that is not finite.
   *
   * @return whether any was dropped
   */
  public boolean dropWhereNotFinite(float[][] probabilities) {
    boolean dropped = false;
    for (int row = 0; row < applied.length; row++) {
      float sum = 0;
      for (float probability : probabilities[row]) {
        sum += probability;
      }
      if (applied[row] && !Float.isFinite(sum)) {
        applied[row] = false;
        dropped = true;
      }
    }
    return dropped;
  }

  public boolean applied(int row) {
    return applied[row];
  }

  /** One entry per row. */
  public boolean[] applied() {
    return applied.clone();
  }

  /**
   * The report of one row.
   *
   * @param tokens of the utterance
   */
  public MemoryUpdate report(int row, int tokens) {
    return new MemoryUpdate(applied[row], losses[row], gradientNorms[row], tokens);
  }
}
