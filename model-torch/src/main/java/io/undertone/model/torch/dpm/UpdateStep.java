package io.undertone.model.torch.dpm;

import io.undertone.model.MemoryUpdate;

/** An update of a batch that has been computed but not yet taken over, row by row, or dropped. */
final class UpdateStep {
  private final LoraState after;
  private final float[] losses;
  private final float[] gradientNorms;
  private final boolean[] applied;

  /**
   * @param after (batch, parameters)
   * @param losses before the step, one a row
   * @param gradientNorms one a row
   */
  UpdateStep(LoraState after, float[] losses, float[] gradientNorms) {
    this.after = after;
    this.losses = losses;
    this.gradientNorms = gradientNorms;
    this.applied = new boolean[losses.length];
    for (int row = 0; row < losses.length; row++) {
      applied[row] = Float.isFinite(losses[row]) && Float.isFinite(gradientNorms[row]);
    }
  }

  /** Drops what led to an estimate that is not finite, and says whether there was any. */
  boolean dropWhereNotFinite(float[][] probabilities) {
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

  /** The rows after the update, and before it where it was dropped. */
  LoraState kept(LoraState before) {
    for (boolean row : applied) {
      if (!row) {
        return after.where(applied, before);
      }
    }
    return after;
  }

  MemoryUpdate report(int row, int tokens) {
    return new MemoryUpdate(applied[row], losses[row], gradientNorms[row], tokens);
  }

  void commit(int row, TemporaryLora memory) {
    if (applied[row]) {
      memory.learned(after, row);
    }
  }
}
