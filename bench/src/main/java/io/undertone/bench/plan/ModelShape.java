package io.undertone.bench.plan;

import io.undertone.model.torch.UndertoneConfig;
import io.undertone.model.torch.dpm.ForesightSettings;
import io.undertone.model.torch.dpm.MemoryRecipe;
import io.undertone.model.torch.dpm.MemorySettings;
import io.undertone.model.torch.files.ModelFileException;
import io.undertone.model.torch.files.TensorFiles;
import io.undertone.model.torch.llama.AttentionShape;
import io.undertone.model.torch.llama.LlamaConfig;
import io.undertone.model.torch.llama.LlamaConfigFile;
import io.undertone.model.torch.llama.Projection;
import io.undertone.model.torch.tokenizer.EncoderConfig;
import io.undertone.model.torch.tokenizer.EncoderConfigFile;
import io.undertone.model.torch.tokenizer.SpeechEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The numbers of a model that decide what it costs.
 *
 * @param queryWidth all heads of the queries side by side
 * @param keyValueWidth all heads of the keys side by side
 * @param memoryParameters that each call has of its own: a temporary LoRA, and what else its memory
 *     learns
 * @param moments what the optimiser keeps for each of them
 * @param prefixTokens what an utterance is learned after; 0 if memories learn no tokens
 * @param encoderWeights of the tokenizer, each of which meets each token once
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
    long memoryParameters,
    int moments,
    int prefixTokens,
    int windowTokens,
    long encoderWeights,
    long weightBytes) {

  private static final String WEIGHTS = ".safetensors";

  /** The shape of a model's folder. */
  public static ModelShape read(Path directory) {
    LlamaConfig llama = LlamaConfigFile.read(directory.resolve("config.json"));
    UndertoneConfig config = UndertoneConfig.read(directory);
    MemoryRecipe memory = config.memory();
    AttentionShape attention = llama.attention();
    return new ModelShape(
        config.name(),
        llama.vocabularySize(),
        llama.width(),
        llama.layers(),
        llama.feedForwardWidth(),
        attention.heads() * attention.headWidth(),
        attention.keyValueHeads() * attention.headWidth(),
        memoryParameters(llama, config),
        memory instanceof MemorySettings tokens ? tokens.optimizer().moments() : 0,
        memory instanceof MemorySettings tokens ? tokens.prefixTokens() : 0,
        memory.windowTokens(),
        SpeechEncoder.weightsPerToken(EncoderConfigFile.ofModel(directory)),
        weightBytes(directory));
  }

  /**
   * Llama-2-7B (arXiv 2307.09288, table 1) in 16 bit, with a temporary LoRA on two projections of
   * each layer, windows of 256 tokens and the default tokenizer, whose weights count nothing beside
   * the decoder's.
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
        memoryParameters,
        2,
        256,
        256,
        SpeechEncoder.weightsPerToken(EncoderConfig.DEFAULT),
        Short.BYTES * weights);
  }

  private static long memoryParameters(LlamaConfig llama, UndertoneConfig config) {
    return config.memory() instanceof MemorySettings tokens
        ? ofProjections(llama, tokens)
        : ofEstimates((ForesightSettings) config.memory(), config.vocabulary().emotions().size());
  }

  private static long ofProjections(LlamaConfig llama, MemorySettings memory) {
    long widths = 0;
    for (Projection.Kind kind : memory.targets()) {
      Projection projection = new Projection(0, kind);
      widths += projection.inWidth(llama) + projection.outWidth(llama);
    }
    return llama.layers() * memory.rank() * widths;
  }

  /** One factor, the last estimate, and where the voice is and how many utterances told it. */
  private static long ofEstimates(ForesightSettings memory, int classes) {
    int voice = memory.voiceWidth() == 0 ? 0 : memory.voiceWidth() + 1;
    return (long) memory.rank() * classes + classes + voice;
  }

  /** All that lies in the folder, which is float32 on the device however it is stored. */
  private static long weightBytes(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
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

  /** Of one layer's frozen projections. */
  long layerWeights() {
    return keyAndValueWeights() + 2L * width * queryWidth + 3L * width * feedForwardWidth;
  }

  /** Of those of one layer that all positions need, however few are read behind it. */
  long keyAndValueWeights() {
    return 2L * width * keyValueWidth;
  }

  /** The numbers of a call's memory with its optimiser's state, float32. */
  public long memoryBytes() {
    return Float.BYTES * memoryParameters * (1 + moments);
  }

  /** The same with the call's last tokens: a checkpoint adds what names and guards them. */
  public long stateBytes() {
    return memoryBytes() + Integer.BYTES * (long) Math.max(prefixTokens, windowTokens);
  }
}
