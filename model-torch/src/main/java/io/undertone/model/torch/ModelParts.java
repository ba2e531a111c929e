package io.undertone.model.torch;

import ai.djl.ndarray.NDManager;
import io.undertone.model.EmotionPrior;
import io.undertone.model.torch.encoder.ArithmeticChoice;
import io.undertone.model.torch.files.ModelFileException;
import io.undertone.model.torch.llama.Llama;
import io.undertone.model.torch.llama.LlamaWeights;
import io.undertone.model.torch.llama.WeightPrecision;
import io.undertone.model.torch.llama.peft.EmotionLora;
import io.undertone.model.torch.memory.EngineContext;
import io.undertone.model.torch.memory.MemoryEngine;
import io.undertone.model.torch.memory.Vocabulary;
import io.undertone.model.torch.tokenizer.SpeechTokenizer;
import io.undertone.model.torch.tokenizer.SpeechTokenizerLoader;
import java.nio.file.Path;

/**
 * The parts of a model directory, loaded and checked against each other.
 *
 * @param context opens more memory engines of the model
 */
public record ModelParts(
    UndertoneConfig config, SpeechTokenizer tokenizer, EngineContext context, MemoryEngine memory)
    implements AutoCloseable {

  /**
   * Runs on the device's owner thread.
   *
   * @param prior of the calls
   * @param manager owns what is loaded
   */
  public static ModelParts load(
      Path directory,
      UndertoneConfig config,
      SpeechTokenizerLoader loader,
      EmotionPrior prior,
      NDManager manager) {
    LlamaWeights weights = LlamaWeights.load(directory, precision(loader), manager);
    EmotionLora.mergeIfPresent(directory, weights);
    SpeechTokenizer tokenizer =
        withCues(directory, config, loader.load(directory, manager), manager);
    checkFit(directory, config, weights, tokenizer);
    Llama llama = new Llama(weights);
    EngineContext context =
        new EngineContext(directory, llama, config.vocabulary(), config.correction(prior), manager);
    return new ModelParts(config, tokenizer, context, config.memory().open(context));
  }

  /** No weight is rounded: bfloat16 only where the files have it. */
  private static WeightPrecision precision(SpeechTokenizerLoader loader) {
    return loader.arithmetic() == ArithmeticChoice.FLOAT32
        ? WeightPrecision.FLOAT32
        : WeightPrecision.AS_STORED;
  }

  private static SpeechTokenizer withCues(
      Path directory, UndertoneConfig config, SpeechTokenizer tokenizer, NDManager manager) {
    try {
      return config.memory().withCues(tokenizer, directory, manager);
    } catch (IllegalArgumentException e) {
      throw new ModelFileException(directory.resolve(UndertoneConfig.FILE), e);
    }
  }

  private static void checkFit(
      Path directory, UndertoneConfig config, LlamaWeights weights, SpeechTokenizer tokenizer) {
    Path file = directory.resolve(UndertoneConfig.FILE);
    Vocabulary vocabulary = config.vocabulary();
    if (vocabulary.size() > weights.config().vocabularySize()) {
      throw new ModelFileException(
          file,
          "tokens must be below the decoder's vocabulary size %d, but the largest is %d"
              .formatted(weights.config().vocabularySize(), vocabulary.size() - 1));
    }
    if (vocabulary.audioTokens() != tokenizer.codebookSize()) {
      throw new ModelFileException(
          file,
          "vocabulary.audioTokens must be the tokenizer's codebook size %d, but is %d"
              .formatted(tokenizer.codebookSize(), vocabulary.audioTokens()));
    }
  }

  @Override
  public void close() {
    memory.close();
    tokenizer.close();
  }
}
