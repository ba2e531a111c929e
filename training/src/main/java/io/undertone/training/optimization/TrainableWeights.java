package io.undertone.training.optimization;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.torch.tokenizer.Layers;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The weights of a network in training, with AdamW moments and averages. A weight is initialised
 * when it is first requested: uniform in ±1/sqrt(fan in), or 0 for a fan in of 0, as biases have.
 *
 * <p>The averages are the result of training: on unknown speakers the accuracy of the weights
 * themselves varies by several points from one hundred steps to the next. The average decays
 * polynomially (Shamir and Zhang 2013) and covers about the last tenth of all steps.
 */
public final class TrainableWeights implements Layers.WeightSource {

  /** Exponent of the polynomial decay average. */
  private static final double DECAY_POWER = 9;

  private final NDManager manager;
  private final Random random;
  private final Map<String, TrainableWeight> weights = new LinkedHashMap<>();
  private int step;

  /**
   * @param manager owns the weights
   * @param random draws their initial values
   */
  public TrainableWeights(NDManager manager, Random random) {
    this.manager = manager;
    this.random = random;
  }

  @Override
  public NDArray get(String name, Shape shape, int fanIn) {
    TrainableWeight weight = weights.get(name);
    if (weight == null) {
      weight = TrainableWeight.of(initialValue(shape, fanIn), manager);
      weights.put(name, weight);
    }
    if (!weight.value().getShape().equals(shape)) {
      throw new IllegalStateException(
          "weight " + name + " must be " + shape + ", but is " + weight.value().getShape());
    }
    return weight.value();
  }

  /** Adds a weight with given initial values; takes ownership of the array. */
  public void adopt(String name, NDArray value) {
    value.attach(manager);
    weights.put(name, TrainableWeight.of(value, manager));
  }

  private NDArray initialValue(Shape shape, int fanIn) {
    float[] values = new float[(int) shape.size()];
    if (fanIn > 0) {
      float bound = (float) (1 / Math.sqrt(fanIn));
      for (int i = 0; i < values.length; i++) {
        values[i] = (random.nextFloat() * 2 - 1) * bound;
      }
    }
    return manager.create(values, shape).duplicate();
  }

  /**
   * Takes one optimizer step and clears the gradients.
   *
   * @param learningRate of this step
   * @param weightDecay of matrices; vectors do not decay
   * @param largestNorm the gradient over all weights is clipped to this L2 norm
   * @return the L2 norm before clipping; if it is not finite, the weights are unchanged
   */
  public float update(float learningRate, float weightDecay, float largestNorm) {
    try (NDManager scope = manager.newSubManager()) {
      NDList squares = new NDList();
      Map<TrainableWeight, NDArray> gradients = new LinkedHashMap<>();
      for (TrainableWeight weight : weights.values()) {
        NDArray gradient = weight.value().getGradient();
        gradient.attach(scope);
        gradients.put(weight, gradient);
        squares.add(gradient.mul(gradient).sum());
      }
      float norm = (float) Math.sqrt(NDArrays.stack(squares).sum().getFloat());
      if (Float.isFinite(norm)) {
        step++;
        float scale = Math.min(1, largestNorm / (norm + 1e-6f));
        float correction = (float) TrainableWeight.correction(step);
        gradients.forEach(
            (weight, gradient) ->
                weight.update(gradient, learningRate, correction, weightDecay, scale));
        double share = (DECAY_POWER + 1) / (step + DECAY_POWER);
        weights.values().forEach(weight -> weight.updateAverage(share));
      }
      weights.values().forEach(TrainableWeight::clearGradient);
      return norm;
    }
  }

  /**
   * Runs an action with every weight set to its average.
   *
   * @param action must not change weights
   */
  public <T> T withAverages(Supplier<T> action) {
    try (NDManager scope = manager.newSubManager()) {
      Map<TrainableWeight, NDArray> values = new LinkedHashMap<>();
      for (TrainableWeight weight : weights.values()) {
        values.put(weight, weight.copy(scope));
        weight.set(weight.average());
      }
      try {
        return action.get();
      } finally {
        values.forEach(TrainableWeight::set);
      }
    }
  }

  /** The values of the weights whose names match, in the order of their first request. */
  public Map<String, NDArray> select(Predicate<String> names) {
    Map<String, NDArray> selected = new LinkedHashMap<>();
    weights.forEach(
        (name, weight) -> {
          if (names.test(name)) {
            selected.put(name, weight.value());
          }
        });
    return selected;
  }

  void saveAverages(Path file) {
    WeightFiles.saveAverages(file, weights);
  }

  /** Sets the weights to averages that {@link #saveAverages} wrote. */
  void loadAverages(Path file) {
    WeightFiles.loadAverages(file, weights, manager);
  }

  /** Writes a checkpoint: weights, moments, averages, step count and the state of the rounds. */
  void save(Path file, RoundsState state) {
    WeightFiles.saveCheckpoint(file, weights, new WeightFiles.Progress(step, state), manager);
  }

  /** Reads a checkpoint that {@link #save} wrote, with weights not requested yet. */
  RoundsState restore(Path file) {
    WeightFiles.Progress progress = WeightFiles.loadCheckpoint(file, weights, manager);
    step = progress.step();
    return progress.rounds();
  }
}
