package io.undertone.model.torch.llama.peft;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.undertone.model.torch.files.SafetensorsWriter;
import io.undertone.model.torch.llama.Projection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes an emotion LoRA in the peft layout, as {@link EmotionLora} and peft read it. */
public final class EmotionLoraWriter {

  private EmotionLoraWriter() {}

  /**
   * Writes an adapter.
   *
   * @param directory is made if it is not there
   * @param alpha the scaling is alpha / rank
   * @param kinds adapted projections, in each layer
   * @param factors by their names in the peft layout: A is (rank, in), B is (out, rank)
   * @param tables embedding and head with added tokens, by their names in the decoder's layout;
   *     empty if no token was added
   */
  public static void write(
      Path directory,
      int rank,
      double alpha,
      List<Projection.Kind> kinds,
      Map<String, NDArray> factors,
      Map<String, NDArray> tables) {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode json = mapper.createObjectNode();
    json.put("peft_type", "LORA").put("task_type", "CAUSAL_LM").put("inference_mode", true);
    json.put("r", rank).put("lora_alpha", alpha).put("lora_dropout", 0.0).put("bias", "none");
    json.set(
        "target_modules", mapper.valueToTree(kinds.stream().map(Projection.Kind::target).toList()));
    Map<String, NDArray> tensors = new LinkedHashMap<>(factors);
    tables.forEach((name, table) -> tensors.put(VocabularyTables.nameInFile(name), table));
    try {
      Files.createDirectories(directory);
      SafetensorsWriter.write(directory.resolve(EmotionLora.WEIGHTS), tensors);
      Files.writeString(directory.resolve(EmotionLora.SETTINGS), json.toPrettyString() + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
