package io.undertone.model.torch.llama.peft;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.torch.files.ModelFileException;
import io.undertone.model.torch.files.TensorFiles;
import io.undertone.model.torch.llama.LlamaWeights;
import io.undertone.model.torch.llama.Projection;
import io.undertone.model.torch.llama.Projection.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The emotion LoRA: an adapter in the peft layout ({@code adapter_config.json}, {@code
 * adapter_model.safetensors}) that is frozen at inference. Merged into float32 base weights, it
 * adds no work at inference; beside bfloat16 weights, it stays float32.
 *
 * <p>An adapter that was trained with more tokens brings embedding and head along; they replace the
 * base's.
 */
public final class EmotionLora {
  /** Name of its folder within that of a model. */
  public static final String FOLDER = "emotion-lora";

  static final String SETTINGS = "adapter_config.json";
  static final String WEIGHTS = "adapter_model.safetensors";

  private final Path file;
  private final LoraSettings settings;

  private EmotionLora(Path file, LoraSettings settings) {
    this.file = file;
    this.settings = settings;
  }

  /** Reads the settings; a {@link ModelFileException} names a variant that is not supported. */
  public static EmotionLora open(Path directory) {
    LoraSettings settings = LoraSettings.read(directory.resolve(SETTINGS));
    return new EmotionLora(directory.resolve(WEIGHTS), settings);
  }

  /** Merges the emotion LoRA of a model's folder into the model's weights, if it has one. */
  public static void mergeIfPresent(Path model, LlamaWeights weights) {
    Path folder = model.resolve(FOLDER);
    if (Files.isDirectory(folder)) {
      open(folder).mergeInto(weights);
    }
  }

  /** Adds {@code scaling · B · A} to the base weights. Call it once for each base. */
  public void mergeInto(LlamaWeights weights) {
    try (TensorFiles tensors = TensorFiles.ofFile(file)) {
      Set<String> unused = new HashSet<>(tensors.names());
      for (Projection projection : adapted(weights)) {
        unused.remove(projection.loraAName());
        unused.remove(projection.loraBName());
        merge(projection, tensors, weights);
      }
      unused.removeAll(VocabularyTables.replace(weights, tensors, file));
      if (!unused.isEmpty()) {
        throw new ModelFileException(file, "tensors must belong to a target, but " + unused);
      }
    }
  }

  private List<Projection> adapted(LlamaWeights weights) {
    List<Projection> adapted =
        IntStream.range(0, weights.config().layers())
            .boxed()
            .flatMap(layer -> Arrays.stream(Kind.values()).map(kind -> new Projection(layer, kind)))
            .filter(settings::adapts)
            .toList();
    if (adapted.isEmpty()) {
      throw new ModelFileException(
          file.resolveSibling(SETTINGS),
          "target_modules must name some of the decoder's projections, but name none");
    }
    return adapted;
  }

  private void merge(Projection projection, TensorFiles tensors, LlamaWeights weights) {
    int rank = settings.rank(projection);
    Shape shapeA = new Shape(rank, projection.inWidth(weights.config()));
    Shape shapeB = new Shape(projection.outWidth(weights.config()), rank);
    try (NDManager scratch = weights.newManager()) {
      NDArray loraA = tensors.read(projection.loraAName(), shapeA, scratch);
      NDArray loraB = tensors.read(projection.loraBName(), shapeB, scratch);
      NDArray scaling = scratch.full(new Shape(), (float) settings.scaling(projection));
      weights.add(projection, loraA, loraB, scaling);
    }
  }
}
