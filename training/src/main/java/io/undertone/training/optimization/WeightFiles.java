package io.undertone.training.optimization;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.torch.files.SafetensorsWriter;
import io.undertone.model.torch.files.TensorFiles;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Files of {@link TrainableWeight}s by name: averages, and checkpoints. */
final class WeightFiles {

  private static final String MEAN = ".exp_avg";
  private static final String VARIANCE = ".exp_avg_sq";
  private static final String AVERAGE = ".average";
  private static final String PROGRESS = "progress";

  /**
   * The counts of a checkpoint.
   *
   * @param step number of optimizer steps
   */
  record Progress(int step, RoundsState rounds) {}

  private WeightFiles() {}

  static void saveAverages(Path file, Map<String, TrainableWeight> weights) {
    Map<String, NDArray> averages = new LinkedHashMap<>();
    weights.forEach((name, weight) -> averages.put(name, weight.average()));
    SafetensorsWriter.write(file, averages);
  }

  /** Sets the weights to averages that {@link #saveAverages} wrote. */
  static void loadAverages(Path file, Map<String, TrainableWeight> weights, NDManager manager) {
    try (TensorFiles tensors = TensorFiles.ofFile(file)) {
      weights.forEach((name, weight) -> read(weight.value(), tensors, name, manager));
    }
  }

  static void saveCheckpoint(
      Path file, Map<String, TrainableWeight> weights, Progress progress, NDManager manager) {
    Map<String, NDArray> tensors = new LinkedHashMap<>();
    weights.forEach(
        (name, weight) -> {
          tensors.put(name, weight.value());
          tensors.put(name + MEAN, weight.mean());
          tensors.put(name + VARIANCE, weight.variance());
          tensors.put(name + AVERAGE, weight.average());
        });
    RoundsState rounds = progress.rounds();
    float[] counts = {
      progress.step(), rounds.done(), rounds.sinceBest(), (float) rounds.bestLoss()
    };
    try (NDArray array = manager.create(counts)) {
      tensors.put(PROGRESS, array);
      SafetensorsWriter.write(file, tensors);
    }
  }

  /**
   * Reads a checkpoint that {@link #saveCheckpoint} wrote.
   *
   * @param weights are set; those that are missing are added
   */
  static Progress loadCheckpoint(
      Path file, Map<String, TrainableWeight> weights, NDManager manager) {
    try (TensorFiles tensors = TensorFiles.ofFile(file)) {
      for (String name : tensors.names()) {
        if (tensors.names().contains(name + MEAN)) {
          TrainableWeight weight =
              weights.computeIfAbsent(
                  name, any -> TrainableWeight.of(manager.zeros(tensors.shape(name)), manager));
          read(weight.value(), tensors, name, manager);
          read(weight.mean(), tensors, name + MEAN, manager);
          read(weight.variance(), tensors, name + VARIANCE, manager);
          read(weight.average(), tensors, name + AVERAGE, manager);
        }
      }
      float[] counts = tensors.read(PROGRESS, new Shape(4));
      RoundsState rounds = new RoundsState((int) counts[1], (int) counts[2], counts[3]);
      return new Progress((int) counts[0], rounds);
    }
  }

  private static void read(NDArray array, TensorFiles tensors, String name, NDManager manager) {
    try (NDArray values = tensors.read(name, array.getShape(), manager)) {
      array.set(new NDIndex("..."), values);
    }
  }
}
