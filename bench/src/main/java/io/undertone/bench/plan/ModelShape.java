package io.undertone.bench.plan;

import io.undertone.model.torch.UndertoneConfig;
import io.undertone.model.torch.dpm.MemoryRecipe;
import io.undertone.model.torch.dpm.MemorySettings;
import io.undertone.model.torch.llama.AttentionShape;
import io.undertone.model.torch.llama.LlamaConfig;
import io.undertone.model.torch.llama.LlamaConfigFile;
import io.undertone.model.torch.llama.Projection;
import io.undertone.model.torch.tokenizer.EncoderConfig;
import io.undertone.model.torch.tokenizer.EncoderConfigFile;
import io.undertone.model.torch.tokenizer.SpeechEncoder;
import java.nio.file.Path;

/**
 * The numbers of a model that decide what it costs.
 *
 * @param queryWidth all heads of the queries side by side
 * @param keyValueWidth all heads of the keys side by side
 * @param memoryParameters that each call has of its own: a temporary LoRA
 * @param moments what the optimiser keeps for each of them
 * @param prefixTokens what an utterance is learned after; 0 if memories learn no tokens
 * @param encoderWeights of the tokenizer, each of which meets each token once
 * @param bytesPerWeight of the frozen weights on the device
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
    int bytesPerWeight) {

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
        Float.BYTES);
  }

  /**
   * Llama-2-7B (arXiv 2307.09288, table 1) in 16 bit, with a temporary LoRA on the projections of
   * the default model, its windows and its tokenizer.
   */
  public static ModelShape llama2With7Billion(int rank) {
    if (rank < 1) {
      throw new IllegalArgumentException("rank must be at least 1, but is " + rank);
    }
    int width = 4096;
    int layers = 32;
    long memoryParameters = 2L * layers * rank * (width + width);
    return new ModelShape(
        "llama-2-7b-rank-" + rank,
        32_000,
        width,
        layers,
        11_008,
        width,
        width,
        memoryParameters,
        2,
        256,
        256,
        SpeechEncoder.weightsPerToken(EncoderConfig.DEFAULT),
        Short.BYTES);
  }

  private static long memoryParameters(LlamaConfig llama, UndertoneConfig config) {
    if (!(config.memory() instanceof MemorySettings memory)) {
      return (long) config.memory().rank() * config.vocabulary().emotions().size();
    }
    long widths = 0;
    for (Projection.Kind kind : memory.targets()) {
      Projection projection = new Projection(0, kind);
      widths += projection.inWidth(llama) + projection.outWidth(llama);
    }
    return llama.layers() * memory.rank() * widths;
  }

  /** Of one layer's frozen projections. */
  long layerWeights() {
    return keyAndValueWeights() + 2L * width * queryWidth + 3L * width * feedForwardWidth;
  }

  /** Of those of one layer that all positions need, however few are read behind it. */
  long keyAndValueWeights() {
    return 2L * width * keyValueWidth;
  }

  /** Of the decoder with embedding and head, on the device. */
  public long weightBytes() {
    return bytesPerWeight * (layers * layerWeights() + 2L * vocabularySize * width);
  }

  /** A call's LoRA with its optimiser's state, float32. */
  public long memoryBytes() {
    return Float.BYTES * memoryParameters * (1 + moments);
  }

  /** The same in a checkpoint, with the call's last tokens. */
  public long stateBytes() {
    return memoryBytes() + Integer.BYTES * (long) Math.max(prefixTokens, windowTokens);
  }
}
