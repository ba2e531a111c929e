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
 * Weights that learn, each with its AdamW moments and its average over the last steps. A weight is
 * drawn when it is first asked for: uniform in ±1/sqrt(fan in), a bias from 0.
 *
 * <p>The averages are what a training leaves: on speakers that were never heard, the accuracy of
 * the weights themselves jumps by several points from one hundred steps to the next. The average is
 * that of polynomial decay (Shamir and Zhang 2013), over about the last tenth of all steps.
 */
public final class TrainableWeights implements Layers.WeightSource {

  private static final float BETA1 = 0.9f;
  private static final float BETA2 = 0.98f;
  private static final float EPSILON = 1e-8f;

  /** The averages' weight on late steps. */
  private static final double DECAY_POWER = 9;

  private static final String MEAN = ".exp_avg";
  private static final String VARIANCE = ".exp_avg_sq";
  private static final String AVERAGE = ".average";
  private static final String PROGRESS = "progress";

  /** A weight, what its optimiser remembers, and its average. */
  private record Slot(NDArray value, NDArray mean, NDArray variance, NDArray average) {}

  private final NDManager manager;
  private final Random random;
  private final Map<String, Slot> slots = new LinkedHashMap<>();
  private int step;

  /**
   * @param manager owns the weights
   * @param random draws them
   */
  public TrainableWeights(NDManager manager, Random random) {
    this.manager = manager;
    this.random = random;
  }

  @Override
  public NDArray get(String name, Shape shape, int fanIn) {
    Slot slot = slots.get(name);
    if (slot == null) {
      slot = slot(drawn(shape, fanIn));
      slots.put(name, slot);
    }
    if (!slot.value().getShape().equals(shape)) {
      throw new IllegalStateException(
          "weight " + name + " must be " + shape + ", but is " + slot.value().getShape());
    }
    return slot.value();
  }

  /** Takes over a weight that was made elsewhere; the array is owned from now on. */
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

  private NDArray drawn(Shape shape, int fanIn) {
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
   * One step of AdamW (Loshchilov and Hutter 2017) along the gradients, which are cleared.
   *
   * @param learningRate of this step
   * @param weightDecay on matrices; vectors do not decay
   * @param largestNorm the gradient over all weights is scaled down to this L2 norm
   * @return the norm before scaling; where it is not finite, no weight has changed
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
      // Set, not subtracted: what is not finite less itself is not 0, and would stay for good.
      slots.values().forEach(slot -> JniUtils.zeroGrad((PtNDArray) slot.value()));
      return norm;
    }
  }

  private void average(Slot slot) {
    double share = (DECAY_POWER + 1) / (step + DECAY_POWER);
    try (NDArray value = slot.value().stopGradient();
        NDArray news = value.mul(share)) {
      slot.average().muli(1 - share).addi(news);
    }
  }

  /**
   * Calls with every weight at its average.
   *
   * @param judged must not change weights
   */
  public <T> T atAverages(Supplier<T> judged) {
    try (NDManager kept = manager.newSubManager()) {
      Map<Slot, NDArray> values = new LinkedHashMap<>();
      for (Slot slot : slots.values()) {
        NDArray value = slot.value().stopGradient().duplicate();
        value.attach(kept);
        values.put(slot, value);
        slot.value().set(new NDIndex("..."), slot.average());
      }
      try {
        return judged.get();
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

  /** The weights by name, in the order in which they were drawn. */
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

  /** Writes the averages alone. */
  void saveAverages(Path file) {
    Map<String, NDArray> averages = new LinkedHashMap<>();
    slots.forEach((name, slot) -> averages.put(name, slot.average()));
    SafetensorsWriter.write(file, averages);
  }

  /** Takes over averages that {@link #saveAverages} wrote as values. */
  void takeAverages(Path file) {
    try (TensorFiles tensors = TensorFiles.ofFile(file)) {
      slots.forEach((name, slot) -> overwrite(slot.value(), tensors, name));
    }
  }

  /** Writes values, moments, averages and step, and how far the rounds are. */
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

  /** Takes over what {@link #save} wrote, also of weights that nobody has asked for yet. */
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

  public long parameters() {
    return slots.values().stream().mapToLong(slot -> slot.value().size()).sum();
  }
}
