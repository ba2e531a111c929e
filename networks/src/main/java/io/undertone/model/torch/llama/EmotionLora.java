package io.undertone.model.torch.llama;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.torch.files.JsonObject;
import io.undertone.model.torch.files.ModelFileException;
import io.undertone.model.torch.files.TensorFiles;
import io.undertone.model.torch.llama.Projection.Kind;
import io.undertone.model.torch.llama.config.LlamaConfig;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The emotion LoRA: an adapter in the peft layout ({@code adapter_config.json}, {@code
 * adapter_model.safetensors}) that is frozen at inference. Merged into the base weights, it adds no
 * work at inference.
 */
public final class EmotionLora {
  private static final DataType DOUBLE = DataType.FLOAT64;
  private static final List<String> UNSUPPORTED =
      List.of(
          "use_rslora",
          "use_dora",
          "use_qalora",
          "use_bdlora",
          "fan_in_fan_out",
          "lora_bias",
          "rank_pattern",
          "alpha_pattern",
          "modules_to_save",
          "layers_to_transform",
          "layer_replication",
          "exclude_modules",
          "target_parameters",
          "trainable_token_indices");

  private final Path directory;
  private final int rank;
  private final double scaling;
  private final List<Kind> targets;

  private EmotionLora(Path directory, int rank, double scaling, List<Kind> targets) {
    this.directory = directory;
    this.rank = rank;
    this.scaling = scaling;
    this.targets = targets;
  }

  /** Reads the settings; a {@link ModelFileException} names a variant that is not supported. */
  public static EmotionLora open(Path directory) {
    JsonObject json = JsonObject.read(directory.resolve("adapter_config.json"));
    if (!json.text("peft_type").equals("LORA")) {
      throw json.wrong("peft_type", "be LORA");
    }
    if (json.has("bias") && !json.text("bias").equals("none")) {
      throw json.wrong("bias", "be none");
    }
    for (String field : UNSUPPORTED) {
      if (!json.isOff(field)) {
        throw json.wrong(field, "be off");
      }
    }
    int rank = json.integer("r", 1);
    double alpha = json.number("lora_alpha");
    try {
      List<Kind> targets = Kind.ofTargets(json.texts("target_modules"));
      return new EmotionLora(directory, rank, alpha / rank, targets);
    } catch (IllegalArgumentException e) {
      throw new ModelFileException(json.file(), e);
    }
  }

  /**
   * Adds {@code scaling · B · A} to the base weights. Call it once for each base. The sum is
   * computed in double precision, so that a merged weight is rounded once.
   */
  public void mergeInto(LlamaWeights weights) {
    Path file = directory.resolve("adapter_model.safetensors");
    try (TensorFiles tensors = TensorFiles.ofFile(file);
        NDManager scratch = weights.manager().newSubManager()) {
      Set<String> unused = new HashSet<>(tensors.names());
      NDArray factor = scratch.full(new Shape(), (float) scaling).toType(DOUBLE, false);
      for (int layer = 0; layer < weights.config().layers(); layer++) {
        for (Kind target : targets) {
          Projection projection = new Projection(layer, target);
          unused.remove(projection.loraAName());
          unused.remove(projection.loraBName());
          merge(projection, tensors, factor, weights);
        }
      }
      if (!unused.isEmpty()) {
        throw new ModelFileException(file, "tensors must belong to a target, but " + unused);
      }
    }
  }

  private void merge(
      Projection projection, TensorFiles tensors, NDArray factor, LlamaWeights weights) {
    LlamaConfig config = weights.config();
    try (NDManager scratch = factor.getManager().newSubManager()) {
      Shape shapeA = new Shape(rank, projection.inWidth(config));
      Shape shapeB = new Shape(projection.outWidth(config), rank);
      NDArray loraA = tensors.read(projection.loraAName(), shapeA, scratch);
      NDArray loraB = tensors.read(projection.loraBName(), shapeB, scratch);
      NDArray base = weights.projection(projection).toType(DOUBLE, false);
      base.attach(scratch);
      NDArray product = loraB.toType(DOUBLE, false).matMul(loraA.toType(DOUBLE, false));
      weights.replace(projection, base.addi(product.muli(factor)).toType(DataType.FLOAT32, false));
    }
  }
}
