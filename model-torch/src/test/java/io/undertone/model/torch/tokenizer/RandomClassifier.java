package io.undertone.model.torch.tokenizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.torch.device.TorchDevice;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A classifier that is small and knows nothing. */
public final class RandomClassifier {
  static final List<String> LABELS = List.of("fear", "neu", "ang", "sad", "hap");

  private RandomClassifier() {}

  /** Writes it into a model's folder, for tokens of a quantizer. */
  public static void write(Path directory, int... levels) {
    ClassifierConfig config = new ClassifierConfig(levels, 6, 4, LABELS);
    try (TorchDevice device = TorchDevice.openCpu()) {
      device.run(
          () -> {
            try (NDManager manager = device.newManager()) {
              TokenClassifier.save(directory, config, weights(config, manager));
            }
          });
    }
  }

  /** The network asks for what it needs as it runs. */
  static Map<String, NDArray> weights(ClassifierConfig config, NDManager manager) {
    Map<String, NDArray> weights = new HashMap<>();
    Layers.WeightSource drawn =
        (name, shape, fanIn) ->
            weights.computeIfAbsent(name, any -> manager.randomUniform(-1, 1, shape));
    new ClassifierNetwork(drawn, config, manager)
        .logits(
            manager.zeros(new Shape(1, 2, config.levels().length)),
            manager.ones(new Shape(1, 2)),
            UnaryOperator.identity());
    return weights;
  }
}
