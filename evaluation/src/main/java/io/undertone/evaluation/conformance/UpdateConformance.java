package io.undertone.evaluation.conformance;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.Emotion;
import io.undertone.model.EmotionEstimate;
import io.undertone.model.MemoryFormatException;
import io.undertone.model.MemorySnapshot;
import io.undertone.model.MemorySnapshot.Role;
import io.undertone.model.MemorySnapshot.Tensor;
import io.undertone.model.Recognition;
import io.undertone.model.torch.device.Backward;
import io.undertone.model.torch.files.JsonObject;
import io.undertone.model.torch.files.ModelFileException;
import io.undertone.model.torch.files.TensorFiles;
import io.undertone.model.torch.llama.Llama;
import io.undertone.model.torch.llama.Projection;
import io.undertone.model.torch.memory.NonFiniteEstimateException;
import io.undertone.model.torch.memory.TokenizedUtterance;
import io.undertone.model.torch.memory.Vocabulary;
import io.undertone.model.torch.memory.lora.AdamW;
import io.undertone.model.torch.memory.lora.LoraMemoryConfig;
import io.undertone.model.torch.memory.lora.LoraMemoryEngine;
import io.undertone.model.torch.memory.lora.TemporaryLora;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Compares the memory updates of one conversation, from its first utterance to its last. */
final class UpdateConformance {
  private final Path directory;
  private final JsonObject expected;
  private final Deviation losses;
  private final Deviation probabilities = Deviation.absolute();
  private final Deviation lora;

  UpdateConformance(Path directory, Precision precision, JsonObject expected) {
    this.directory = directory;
    this.expected = expected;
    this.losses = precision.deviation();
    this.lora = precision.deviation();
  }

  Deviation losses() {
    return losses;
  }

  Deviation probabilities() {
    return probabilities;
  }

  Deviation lora() {
    return lora;
  }

  void compare(Llama llama, Backward backward, NDManager manager) {
    LoraMemoryConfig config = config();
    int vocabularySize = llama.config().vocabularySize();
    List<JsonObject> steps = expected.objects("steps");
    if (steps.isEmpty()) {
      throw expected.wrong("steps", "be at least 1");
    }
    try (LoraMemoryEngine engine =
            new LoraMemoryEngine(config, llama, vocabulary(vocabularySize), manager, backward);
        TemporaryLora memory = initial(engine)) {
      for (JsonObject step : steps) {
        int[] sentence = step.tokens("sentence", vocabularySize);
        checkPrefix(memory, config.prefixTokens(), step);
        compareStep(engine, memory, sentence, step);
      }
      compareTensors(memory.snapshot("").tensors());
    } catch (NonFiniteEstimateException e) {
      losses.fail();
      probabilities.fail();
      lora.fail();
    }
  }

  private static void checkPrefix(TemporaryLora memory, int prefixTokens, JsonObject step) {
    int[] prefix = memory.history().last(prefixTokens);
    if (!Arrays.equals(prefix, step.integers("prefix"))) {
      throw step.wrong("prefix", "be the tokens before the sentence, " + Arrays.toString(prefix));
    }
  }

  private void compareStep(
      LoraMemoryEngine engine, TemporaryLora memory, int[] sentence, JsonObject step) {
    Recognition recognition =
        engine.recognize(List.of(memory), List.of(TokenizedUtterance.ofTokens(sentence))).get(0);
    losses.add(recognition.update().loss(), step.number("loss"));
    losses.add(recognition.update().gradientNorm(), step.number("grad_norm"));
    TokenizedUtterance window =
        TokenizedUtterance.ofTokens(memory.history().last(config().windowTokens()));
    compare(recognition.estimate(), step, "emotion_probabilities");
    compare(
        engine.estimateWithoutMemory(List.of(window)).get(0),
        step,
        "emotion_probabilities_without_memory");
    lora.add(norm(memory.snapshot("").tensors()), step.number("lora_l2"));
  }

  private void compare(EmotionEstimate actual, JsonObject step, String field) {
    float[] numbers = step.numbers(field);
    if (numbers.length != Emotion.values().length) {
      throw step.wrong(field, "be " + Emotion.values().length + " numbers");
    }
    probabilities.add(actual.toArray(), numbers);
  }

  /** L2 norm over the adapters. */
  private static double norm(List<Tensor> tensors) {
    double sum = 0;
    for (Tensor tensor : tensors) {
      if (tensor.role() == Role.WEIGHTS) {
        for (float value : tensor.values()) {
          sum += (double) value * value;
        }
      }
    }
    return Math.sqrt(sum);
  }

  private void compareTensors(List<Tensor> tensors) {
    Path finalFile = directory.resolve("temp-lora-final.safetensors");
    Path momentsFile = directory.resolve("temp-lora-adamw.safetensors");
    try (TensorFiles adapters = TensorFiles.ofFile(finalFile);
        TensorFiles moments = TensorFiles.ofFile(momentsFile)) {
      for (Tensor tensor : tensors) {
        TensorFiles file = tensor.role() == Role.WEIGHTS ? adapters : moments;
        lora.add(tensor.values(), withValues(tensor, file).values());
      }
    }
  }

  /** A memory with the reference's initial values. */
  private TemporaryLora initial(LoraMemoryEngine engine) {
    List<Tensor> initial = new ArrayList<>();
    Path file = directory.resolve("temp-lora-init.safetensors");
    try (TensorFiles adapters = TensorFiles.ofFile(file);
        TemporaryLora layout = engine.newMemory(0)) {
      List<Tensor> empty = layout.snapshot("").tensors();
      for (Tensor tensor : empty) {
        initial.add(tensor.role() == Role.WEIGHTS ? withValues(tensor, adapters) : tensor);
      }
      int[] history = layout.history().tokens();
      return engine.restore(new MemorySnapshot("", 0, 0, history, initial)).get();
    } catch (MemoryFormatException e) {
      throw new ModelFileException(file, e);
    }
  }

  private static Tensor withValues(Tensor tensor, TensorFiles files) {
    int[] shape = tensor.shape();
    return new Tensor(
        tensor.name(), shape, files.read(tensor.name(), new Shape(shape[0], shape[1])));
  }

  private Vocabulary vocabulary(int vocabularySize) {
    JsonObject json = expected.object("vocabulary");
    JsonObject emotions = json.object("emotions");
    List<Integer> tokens =
        Arrays.stream(Emotion.values())
            .map(emotion -> emotions.integer(emotion.shortName(), 0))
            .toList();
    try {
      Vocabulary vocabulary =
          new Vocabulary(
              json.integer("audio", 1),
              json.integer("audio_end", 0),
              json.integer("bos", 0),
              json.integer("pad", 0),
              tokens);
      if (vocabulary.size() > vocabularySize) {
        throw expected.wrong("vocabulary", "have tokens below " + vocabularySize);
      }
      return vocabulary;
    } catch (IllegalArgumentException e) {
      throw new ModelFileException(json.file(), e);
    }
  }

  private LoraMemoryConfig config() {
    JsonObject json = expected.object("temporary_lora");
    float[] betas = json.numbers("betas");
    if (betas.length != 2) {
      throw json.wrong("betas", "be two numbers");
    }
    try {
      return new LoraMemoryConfig(
          json.integer("r", 1),
          json.number("alpha"),
          Projection.Kind.ofTargets(json.texts("targets")),
          new AdamW.Settings(
              json.number("lr"),
              betas[0],
              betas[1],
              json.number("eps"),
              json.number("weight_decay", 0)),
          json.integer("prefix", 1),
          json.integer("prefix", 1));
    } catch (IllegalArgumentException e) {
      throw new ModelFileException(json.file(), e);
    }
  }
}
