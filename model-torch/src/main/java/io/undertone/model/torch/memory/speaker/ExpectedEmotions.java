package io.undertone.model.torch.memory.speaker;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import io.undertone.model.torch.memory.LogitCorrection;
import java.util.Arrays;

/**
 * The emotions expected of an utterance, given the last estimates of both sides. Let b be the last
 * estimate of this side, c that of the other side, π the prior of the calls and π₀ the trained one:
 *
 * <pre>
 * e = trust · Σ_ij b_i c_j D'_ij + (1 - trust) · π      b = π and c = π before the first estimate
 * </pre>
 *
 * <p>D' is how emotions change from one utterance to the next. It is D, moved from π₀ to π by the
 * rule of Metropolis and Hastings (Hastings 1970): with r = π / π₀,
 *
 * <pre>
 * D'(e | i, j) = D(e | i, j) · min(1, r_e / r_i)        for e ≠ i; the rest stays at e = i
 * </pre>
 *
 * <p>So emotions last as in D or longer, and if D has the stationary distribution π₀ and is
 * reversible, D' has π. The logits of a decoder contain ln π₀, so what is added to them is e
 * relative to π₀.
 *
 * @param dynamics D', (classes, classes · classes): probability of the next emotion, given the last
 *     ones; columns are {@code own · classes + other}
 */
record ExpectedEmotions(NDArray dynamics, LogitCorrection correction) {

  /**
   * Moves transition probabilities to the prior of a correction.
   *
   * @param dynamics D, in the shape of D'
   * @param manager owns D', if it is not D itself
   */
  static ExpectedEmotions of(NDArray dynamics, LogitCorrection correction, NDManager manager) {
    if (correction.keepsPrior()) {
      return new ExpectedEmotions(dynamics, correction);
    }
    double[] ratios = correction.prior().ratiosTo(correction.trainedPrior());
    float[] moved = moved(dynamics.toFloatArray(), ratios);
    return new ExpectedEmotions(manager.create(moved, dynamics.getShape()).duplicate(), correction);
  }

  private static float[] moved(float[] dynamics, double[] ratios) {
    int classes = ratios.length;
    int pairs = classes * classes;
    float[] moved = dynamics.clone();
    for (int pair = 0; pair < pairs; pair++) {
      int own = pair / classes;
      double stays = dynamics[own * pairs + pair];
      for (int next = 0; next < classes; next++) {
        if (next != own) {
          double probability = dynamics[next * pairs + pair];
          double accepted = probability * Math.min(1, ratios[next] / ratios[own]);
          moved[next * pairs + pair] = (float) accepted;
          stays += probability - accepted;
        }
      }
      moved[own * pairs + pair] = (float) stays;
    }
    return moved;
  }

  /**
   * ln (e / 4 π₀), which is ln e for a uniform trained prior.
   *
   * @param lastEstimates b minus 1 / classes, (batch, classes); zeros before the first estimate
   * @param otherSides c, (batch, classes); zeros before the first estimate
   * @param trust a scalar
   * @return (batch, classes)
   */
  NDArray log(NDArray lastEstimates, NDArray otherSides, NDArray trust) {
    int classes = Math.toIntExact(dynamics.getShape().get(0));
    NDManager step = lastEstimates.getManager();
    float[] priors = floats(correction.prior().toArray());
    NDArray prior = step.create(priors, new Shape(1, classes));
    NDArray unknown = unknown(lastEstimates);
    NDArray centre = unknown.neg().add(1).mul(1f / classes);
    NDArray own = lastEstimates.add(centre).add(unknown.mul(prior));
    NDArray others = otherSides.add(unknown(otherSides).mul(prior));
    NDArray both = own.expandDims(2).matMul(others.expandDims(1));
    NDArray pairs = both.reshape(lastEstimates.getShape().get(0), (long) classes * classes);
    NDArray changed = Linear.linear(pairs, dynamics).singletonOrThrow();
    NDArray expected = changed.sub(prior).mul(trust).add(prior);
    return expected.mul(step.create(untrained(classes), new Shape(1, classes))).log();
  }

  /** 1 for rows of zeros, otherwise 0, (batch, 1). */
  private static NDArray unknown(NDArray estimates) {
    return estimates.abs().sum(new int[] {1}, true).eq(0).toType(DataType.FLOAT32, false);
  }

  /** 1 / (4 π₀) */
  private float[] untrained(int classes) {
    double[] trained = correction.trainedPrior().toArray();
    return floats(Arrays.stream(trained).map(value -> 1 / (classes * value)).toArray());
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
