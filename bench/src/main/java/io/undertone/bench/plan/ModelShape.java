package io.undertone.bench.plan;

import io.undertone.model.torch.UndertoneConfig;
import io.undertone.model.torch.files.ModelFileException;
import io.undertone.model.torch.files.TensorFiles;
import io.undertone.model.torch.llama.config.AttentionShape;
import io.undertone.model.torch.llama.config.LlamaConfig;
import io.undertone.model.torch.llama.config.LlamaConfigFile;
import io.undertone.model.torch.memory.MemoryCost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * The sizes of a model that its cost depends on.
 *
 * @param queryWidth width of a token's queries, all heads together
 * @param keyValueWidth width of a token's keys, all heads together
 * @param memory cost of one call's memory
 * @param tokenizer arithmetic of the tokenizer
 * @param weightBytes of all frozen weights on the device
 */
public record ModelShape(
    String name,
    int vocabularySize,
    int width,
    int layers,
    int feedForwardWidth,
    int queryWidth,
    int keyValueWidth,
    MemoryCost memory,
    TokenizerWork tokenizer,
    long weightBytes) {

  private static final String WEIGHTS = ".safetensors";

  /** The shape of a model's folder. */
  public static ModelShape read(Path directory) {
    LlamaConfig llama = LlamaConfigFile.read(directory.resolve("config.json"));
    UndertoneConfig config = UndertoneConfig.read(directory);
    AttentionShape attention = llama.attention();
    return new ModelShape(
        config.name(),
        llama.vocabularySize(),
        llama.width(),
        llama.layers(),
        llama.feedForwardWidth(),
        attention.heads() * attention.headWidth(),
        attention.keyValueHeads() * attention.headWidth(),
        config.memory().cost(llama),
        TokenizerWork.read(directory),
        weightBytes(directory));
  }

  /**
   * Llama-2-7B (arXiv 2307.09288, table 1) in 16 bit, with a temporary LoRA on two projections of
   * each layer, windows of 256 tokens and the default tokenizer, whose weights are negligible next
   * to the decoder's.
   */
  public static ModelShape llama2With7Billion(int rank) {
    if (rank < 1) {
      throw new IllegalArgumentException("rank must be at least 1, but is " + rank);
    }
    int vocabularySize = 32_000;
    int width = 4096;
    int layers = 32;
    int feedForwardWidth = 11_008;
    long memoryParameters = 2L * layers * rank * (width + width);
    long withMoments = (1 + 2) * Float.BYTES * memoryParameters;
    MemoryCost memory = new MemoryCost(memoryParameters, withMoments, 0, 256, OptionalInt.of(256));
    long weights =
        layers * (4L * width * width + 3L * width * feedForwardWidth) + 2L * vocabularySize * width;
    return new ModelShape(
        "llama-2-7b-rank-" + rank,
        vocabularySize,
        width,
        layers,
        feedForwardWidth,
        width,
        width,
        memory,
        TokenizerWork.acoustic(),
        Short.BYTES * weights);
  }

  /** All tensors of the folder and its subfolders. They are float32 on the device. */
  private static long weightBytes(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(file -> file.toString().endsWith(WEIGHTS))
          .mapToLong(ModelShape::weightBytesOfFile)
          .sum();
    } catch (IOException e) {
      throw new ModelFileException(directory, "cannot be listed: " + e.getMessage(), e);
    }
  }

  private static long weightBytesOfFile(Path file) {
    try (TensorFiles tensors = TensorFiles.ofFile(file)) {
      return Float.BYTES * tensors.values();
    }
  }

  /** Weights of the frozen projections of one layer. */
  long layerWeights() {
    return keyAndValueWeights() + 2L * width * queryWidth + 3L * width * feedForwardWidth;
  }

  /**
   * Weights of the key and value projections of one layer. All positions need them, even if only
   * the last position is read.
   */
  long keyAndValueWeights() {
    return 2L * width * keyValueWidth;
  }

  /** Size of one call's memory: its values, with the optimiser's moments. */
  public long memoryBytes() {
    return memory.valueBytes();
  }

  /**
   * Size of one call's memory in state: its values and the call's last tokens. A checkpoint adds
   * names and checksums.
   */
  public long stateBytes() {
    return memory.stateBytes();
  }
}
