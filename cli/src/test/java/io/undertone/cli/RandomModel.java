package io.undertone.cli;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.torch.UndertoneConfig;
import io.undertone.model.torch.device.TorchDevice;
import io.undertone.model.torch.features.StackedFeatures;
import io.undertone.model.torch.llama.LlamaWeights;
import io.undertone.model.torch.llama.Projection.Kind;
import io.undertone.model.torch.llama.config.AttentionShape;
import io.undertone.model.torch.llama.config.LlamaConfig;
import io.undertone.model.torch.llama.config.RotaryAngles;
import io.undertone.model.torch.memory.Vocabulary;
import io.undertone.model.torch.memory.lora.AdamW;
import io.undertone.model.torch.memory.lora.LoraMemoryConfig;
import io.undertone.model.torch.tokenizer.ClassifierConfig;
import io.undertone.model.torch.tokenizer.ClassifierNetwork;
import io.undertone.model.torch.tokenizer.EncoderConfig;
import io.undertone.model.torch.tokenizer.FsqSpeechTokenizer;
import io.undertone.model.torch.tokenizer.Layers;
import io.undertone.model.torch.tokenizer.SpeechEncoder;
import io.undertone.model.torch.tokenizer.TokenClassifier;
import io.undertone.model.torch.tokenizer.TokenizerConfig;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A whole model that is small and knows nothing. */
final class RandomModel {
  private static final EncoderConfig ENCODER =
      new EncoderConfig(StackedFeatures.WIDTH, 8, new int[] {1}, new int[] {5, 5});
  private static final int CODES = 25;

  private RandomModel() {}

  /** Writes it into a folder that is there. */
  static void write(Path directory) {
    LlamaConfig decoder =
        new LlamaConfig(
            32, 16, 1, 32, new AttentionShape(2, 2, 8), new RotaryAngles(10_000), 1e-5, false);
    try (TorchDevice device = TorchDevice.openCpu()) {
      device.run(
          () -> {
            try (NDManager manager = device.newManager()) {
              LlamaWeights.random(decoder, 1, manager).save(directory);
              FsqSpeechTokenizer.save(
                  directory, TokenizerConfig.acoustic(ENCODER), encoder(manager));
            }
          });
    }
    new UndertoneConfig(
            "random",
            new Vocabulary(CODES, 25, 30, 31, List.of(26, 27, 28, 29)),
            new LoraMemoryConfig(
                1, 2, List.of(Kind.QUERY), new AdamW.Settings(1e-2, 0.9, 0.999, 1e-7, 0), 32, 24))
        .write(directory);
  }

  /** Writes a classifier of the model's tokens beside it. */
  static void writeClassifier(Path directory) {
    ClassifierConfig config =
        new ClassifierConfig(ENCODER.levels(), 6, 4, List.of("hap", "sad", "ang", "neu", "fear"));
    try (TorchDevice device = TorchDevice.openCpu()) {
      device.run(
          () -> {
            try (NDManager manager = device.newManager()) {
              TokenClassifier.save(directory, config, classifier(config, manager));
            }
          });
    }
  }

  private static Map<String, NDArray> classifier(ClassifierConfig config, NDManager manager) {
    Map<String, NDArray> weights = new HashMap<>();
    new ClassifierNetwork(drawnInto(weights, manager), config, manager)
        .logits(
            manager.zeros(new Shape(1, 2, config.levels().length)),
            manager.ones(new Shape(1, 2)),
            UnaryOperator.identity());
    return weights;
  }

  /** The encoder asks for what it needs as it runs. */
  private static Map<String, NDArray> encoder(NDManager manager) {
    Map<String, NDArray> weights = new HashMap<>();
    new SpeechEncoder(new Layers(drawnInto(weights, manager)), ENCODER)
        .encode(
            manager.zeros(new Shape(1, StackedFeatures.WIDTH, 2)),
            manager.ones(new Shape(1, 1, 2)),
            UnaryOperator.identity());
    return weights;
  }

  private static Layers.WeightSource drawnInto(Map<String, NDArray> weights, NDManager manager) {
    return (name, shape, fanIn) ->
        weights.computeIfAbsent(name, any -> manager.randomUniform(-1, 1, shape));
  }
}
