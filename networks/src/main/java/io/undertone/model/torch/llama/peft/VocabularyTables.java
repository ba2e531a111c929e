package io.undertone.model.torch.llama.peft;

import ai.djl.ndarray.types.Shape;
import io.undertone.model.torch.files.ModelFileException;
import io.undertone.model.torch.files.TensorFiles;
import io.undertone.model.torch.llama.LlamaWeights;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Embedding and head in an adapter's file. peft saves them if they were trained ({@code
 * modules_to_save}) or resized for added tokens.
 */
final class VocabularyTables {
  private static final String PREFIX = "base_model.model.";

  private VocabularyTables() {}

  /** The name in an adapter's file of a table of the decoder's layout. */
  static String nameInFile(String table) {
    return PREFIX + table;
  }

  /** Replaces the tables that a file has; returns their names in the file, and those of copies. */
  static Set<String> replace(LlamaWeights weights, TensorFiles tensors, Path file) {
    Map<String, String> names = new LinkedHashMap<>();
    for (String table : weights.tableNames()) {
      if (tensors.names().contains(nameInFile(table))) {
        names.put(table, nameInFile(table));
      }
    }
    names.values().forEach(name -> check(name, tensors.shape(name), weights, file));
    boolean extended =
        names.values().stream()
            .anyMatch(name -> tensors.shape(name).get(0) > weights.config().vocabularySize());
    boolean alike = names.values().stream().map(tensors::shape).distinct().count() <= 1;
    if (!alike || extended && names.size() < weights.tableNames().size()) {
      throw new ModelFileException(
          file, "embedding and head must have as many rows as each other, but have not: " + names);
    }
    weights.replaceTables(tensors, names);
    Set<String> used = new HashSet<>(names.values());
    // With save_embedding_layers, peft also saves tables by these names: the same, and the former.
    for (String copy : List.of(".modules_to_save.weight", ".original_module.weight")) {
      names.values().forEach(name -> used.add(name.replaceFirst("\\.weight$", copy)));
    }
    return used;
  }

  private static void check(String name, Shape shape, LlamaWeights weights, Path file) {
    int rows = weights.config().vocabularySize();
    int width = weights.config().width();
    if (shape.dimension() != 2 || shape.get(0) < rows || shape.get(1) != width) {
      throw new ModelFileException(
          file,
          "tensor %s must have at least %d rows of %d values, but has shape %s"
              .formatted(name, rows, width, shape));
    }
  }
}
