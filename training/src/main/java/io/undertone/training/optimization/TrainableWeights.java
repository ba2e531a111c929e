package io.undertone.training.optimization;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.undertone.model.torch.files.SafetensorsWriter;
import io.undertone.model.torch.files.TensorFiles;
import io.undertone.model.torch.tokenizer.Layers;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Weights in training, each with its AdamW moments and its average over the last steps. A weight is
 * initialised when it is first requested: uniform in ±1/sqrt(fan in), or 0 for a fan in of 0, as
 * biases have.
 *
 * <p>The averages are the result of training: on unknown speakers the accuracy of the weights
 * themselves varies by several points from one hundred steps to the next. The average decays
 * polynomially (Shamir and Zhang 2013) and covers about the last tenth of all steps.
 */
public final class TrainableWeights implements Layers.WeightSource {

  private static final float BETA1 = 0.9f;
  private static final float BETA2 = 0.98f;
  private static final float EPSILON = 1e-8f;

  /** Exponent of the polynomial decay average. */
  private static final double DECAY_POWER = 9;

  private static final String MEAN = ".exp_avg";
  private static final String VARIANCE = ".exp_avg_sq";
  private static final String AVERAGE = ".average";
  private static final String PROGRESS = "progress";

  /** A weight, its AdamW moments and its average. */
  private record Slot(NDArray value, NDArray mean, NDArray variance, NDArray average) {}

  private final NDManager manager;
  private final Random random;
  private final Map<String, Slot> slots = new LinkedHashMap<>();
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
    Slot slot = slots.get(name);
    if (slot == null) {
      slot = slot(initialValue(shape, fanIn));
      slots.put(name, slot);
    }
    if (!slot.value().getShape().equals(shape)) {
      throw new IllegalStateException(
          "weight " + name + " must be " + shape + ", but is " + slot.value().getShape());
    }
    return slot.value();
  }

  /** Adds a weight with given initial values; takes ownership of the array. */
  public void adopt(String name, NDArray value) {
    value.attach(manager);
    slots.put(name, slot(value));
  }

  private Slot slot(NDArray value) {
    value.setRequiresGradient(true);
    Shape shape = value.getShape();
    NDArray average = value.stopGradient().duplicate();
    average.attach(manager);
    return new Slot(
        value,
        manager.zeros(shape, DataType.FLOAT32),
        manager.zeros(shape, DataType.FLOAT32),
        average);
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
   * Takes one step of AdamW (Loshchilov and Hutter 2017) and clears the gradients.
   *
   * @param learningRate of this step
   * @param weightDecay of matrices; vectors do not decay
   * @param largestNorm the gradient over all weights is clipped to this L2 norm
   * @return the L2 norm before clipping; if it is not finite, the weights are unchanged
   */
  public float update(float learningRate, float weightDecay, float largestNorm) {
    try (NDManager scope = manager.newSubManager()) {
      NDList squares = new NDList();
      Map<Slot, NDArray> gradients = new LinkedHashMap<>();
      for (Slot slot : slots.values()) {
        NDArray gradient = slot.value().getGradient();
        gradient.attach(scope);
        gradients.put(slot, gradient);
        squares.add(gradient.mul(gradient).sum());
      }
      float norm = (float) Math.sqrt(NDArrays.stack(squares).sum().getFloat());
      if (Float.isFinite(norm)) {
        step++;
        float scale = Math.min(1, largestNorm / (norm + 1e-6f));
        double correction = Math.sqrt(1 - Math.pow(BETA2, step)) / (1 - Math.pow(BETA1, step));
        gradients.forEach(
            (slot, gradient) ->
                apply(slot, gradient, learningRate, (float) correction, weightDecay, scale));
        slots.values().forEach(this::average);
      }
      // zeroGrad assigns; subtracting a non-finite gradient from itself would leave NaN forever.
      slots.values().forEach(slot -> JniUtils.zeroGrad((PtNDArray) slot.value()));
      return norm;
    }
  }

  private void average(Slot slot) {
    double share = (DECAY_POWER + 1) / (step + DECAY_POWER);
    try (NDArray value = slot.value().stopGradient();
        NDArray weighted = value.mul(share)) {
      slot.average().muli(1 - share).addi(weighted);
    }
  }

  /**
   * Runs an action with every weight set to its average.
   *
   * @param action must not change weights
   */
  public <T> T withAverages(Supplier<T> action) {
    try (NDManager kept = manager.newSubManager()) {
      Map<Slot, NDArray> values = new LinkedHashMap<>();
      for (Slot slot : slots.values()) {
        NDArray value = slot.value().stopGradient().duplicate();
        value.attach(kept);
        values.put(slot, value);
        slot.value().set(new NDIndex("..."), slot.average());
      }
      try {
        return action.get();
      } finally {
        values.forEach((slot, value) -> slot.value().set(new NDIndex("..."), value));
      }
    }
  }

  private static void apply(
      Slot slot, NDArray gradient, float rate, float correction, float decay, float scale) {
    NDArray value = slot.value();
    value
        .getNDArrayInternal()
        .adamUpdate(
            new NDList(value, gradient, slot.mean(), slot.variance()),
            new NDList(value),
            rate,
            rate * correction,
            value.getShape().dimension() > 1 ? decay : 0,
            scale,
            -1,
            BETA1,
            BETA2,
            EPSILON,
            false,
            true);
  }

  /** The weights whose names match, in the order of their first request. */
  public Map<String, NDArray> select(Predicate<String> names) {
    Map<String, NDArray> selected = new LinkedHashMap<>();
    slots.forEach(
        (name, slot) -> {
          if (names.test(name)) {
            selected.put(name, slot.value());
          }
        });
    return selected;
  }

  /** Writes the averages. */
  void saveAverages(Path file) {
    Map<String, NDArray> averages = new LinkedHashMap<>();
    slots.forEach((name, slot) -> averages.put(name, slot.average()));
    SafetensorsWriter.write(file, averages);
  }

  /** Sets the weights to averages that {@link #saveAverages} wrote. */
  void loadAverages(Path file) {
    try (TensorFiles tensors = TensorFiles.ofFile(file)) {
      slots.forEach((name, slot) -> overwrite(slot.value(), tensors, name));
    }
  }

  /** Writes a checkpoint: values, moments, averages, step count and the state of the rounds. */
  void save(Path file, RoundsState state) {
    Map<String, NDArray> tensors = new LinkedHashMap<>();
    slots.forEach(
        (name, slot) -> {
          tensors.put(name, slot.value());
          tensors.put(name + MEAN, slot.mean());
          tensors.put(name + VARIANCE, slot.variance());
          tensors.put(name + AVERAGE, slot.average());
        });
    float[] counts = {step, state.done(), state.sinceBest(), (float) state.bestLoss()};
    try (NDArray progress = manager.create(counts)) {
      tensors.put(PROGRESS, progress);
      SafetensorsWriter.write(file, tensors);
    }
  }

  /** Reads a checkpoint that {@link #save} wrote, with weights not requested yet. */
  RoundsState restore(Path file) {
    try (TensorFiles tensors = TensorFiles.ofFile(file)) {
      for (String name : tensors.names()) {
        if (tensors.names().contains(name + MEAN)) {
          Slot slot = slots.computeIfAbsent(name, any -> slot(manager.zeros(tensors.shape(name))));
          overwrite(slot.value(), tensors, name);
          overwrite(slot.mean(), tensors, name + MEAN);
          overwrite(slot.variance(), tensors, name + VARIANCE);
          overwrite(slot.average(), tensors, name + AVERAGE);
        }
      }
      float[] counts = tensors.read(PROGRESS, new Shape(4));
      step = (int) counts[0];
      return new RoundsState((int) counts[1], (int) counts[2], counts[3]);
    }
  }

  private void overwrite(NDArray array, TensorFiles tensors, String name) {
    try (NDArray values = tensors.read(name, array.getShape(), manager)) {
      array.set(new NDIndex("..."), values);
    }
  }
}
