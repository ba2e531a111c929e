package io.undertone.training.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.function.UnaryOperator;

/** Mean cross entropies of a batch of sequences, scalars. */
public final class SequenceLosses {

  private SequenceLosses() {}

  /**
   * L_a, of the next tokens.
   *
   * @param scope owns the result
   * @param logitsAt positions (targets) to logits (targets, vocabulary)
   */
  public static NDArray nextTokens(
      SequenceBatch.NextTokens next, NDManager scope, UnaryOperator<NDArray> logitsAt) {
    NDArray logits = logitsAt.apply(scope.create(next.positions()));
    NDArray ids = scope.create(next.ids()).expandDims(1);
    return logits.logSoftmax(-1).gather(ids, 1).mean().neg();
  }

  /**
   * L_e or L_w, of the target probabilities; 0 without any target.
   *
   * @param scope owns the result
   * @param logitsAt positions (targets) to logits (targets, labels)
   */
  public static NDArray labels(
      SequenceBatch.Labels targets, NDManager scope, UnaryOperator<NDArray> logitsAt) {
    int count = targets.probabilities().size();
    if (count == 0) {
      return scope.zeros(new Shape());
    }
    NDArray logits = logitsAt.apply(scope.create(targets.positions()));
    int labels = Math.toIntExact(logits.getShape().get(1));
    float[] weighted = new float[count * labels];
    for (int row = 0; row < count; row++) {
      for (int label = 0; label < labels; label++) {
        weighted[row * labels + label] = targets.probabilities().get(row)[label] / count;
      }
    }
    NDArray probabilities = scope.create(weighted, new Shape(count, labels)).duplicate();
    return logits.logSoftmax(-1).mul(probabilities).sum().neg();
  }
}
