package io.undertone.model.torch;

import ai.djl.ndarray.NDManager;
import io.undertone.model.torch.dpm.DynamicParameterMemory;
import io.undertone.model.torch.dpm.EstimateMemory;
import io.undertone.model.torch.dpm.Foresight;
import io.undertone.model.torch.dpm.ForesightSettings;
import io.undertone.model.torch.dpm.MemoryRecipe;
import io.undertone.model.torch.dpm.MemorySettings;
import io.undertone.model.torch.dpm.Vocabulary;
import io.undertone.model.torch.dpm.Voice;
import io.undertone.model.torch.files.ModelFileException;
import io.undertone.model.torch.llama.EmotionLora;
import io.undertone.model.torch.llama.Llama;
import io.undertone.model.torch.llama.LlamaWeights;
import io.undertone.model.torch.tokenizer.ClassifiedTokenizer;
import io.undertone.model.torch.tokenizer.SpeechTokenizer;
import io.undertone.model.torch.tokenizer.SpeechTokenizerLoader;
import io.undertone.model.torch.tokenizer.TokenClassifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What a model directory holds, loaded and found to fit together. */
public record ModelParts(
    UndertoneConfig config, SpeechTokenizer tokenizer, Llama llama, DynamicParameterMemory memory)
    implements AutoCloseable {

  /** Runs on the device's owner thread; the manager owns what is loaded. */
  public static ModelParts load(
      Path directory, UndertoneConfig config, SpeechTokenizerLoader loader, NDManager manager) {
    LlamaWeights weights = LlamaWeights.load(directory, manager);
    Path emotionLora = directory.resolve("emotion-lora");
    if (Files.isDirectory(emotionLora)) {
      EmotionLora.open(emotionLora).mergeInto(weights);
    }
    SpeechTokenizer tokenizer = loader.load(directory, manager);
    tokenizer = hearing(directory, config, tokenizer, manager);
    checkFit(directory, config, weights, tokenizer);
    Llama llama = new Llama(weights);
    return new ModelParts(
        config, tokenizer, llama, memory(directory, config, llama, config.memory(), manager));
  }

  /**
   * Memories of a model, as the model has them or others.
   *
   * @param manager owns them
   */
  public static DynamicParameterMemory memory(
      Path directory, UndertoneConfig config, Llama llama, MemoryRecipe recipe, NDManager manager) {
    if (recipe instanceof ForesightSettings settings) {
      int classes = config.vocabulary().emotions().size();
      int width = llama.config().width();
      return new DynamicParameterMemory(
          llama,
          config.vocabulary(),
          settings,
          owner -> shared(directory, settings, width, classes, owner),
          manager);
    }
    return new DynamicParameterMemory(llama, config.vocabulary(), (MemorySettings) recipe, manager);
  }

  /** Memories that know voices hear what the token classifier hears, too. */
  private static SpeechTokenizer hearing(
      Path directory, UndertoneConfig config, SpeechTokenizer tokenizer, NDManager manager) {
    if (!(config.memory() instanceof ForesightSettings memory) || memory.voiceWidth() == 0) {
      return tokenizer;
    }
    return TokenClassifier.load(directory, tokenizer.codebookSize(), manager)
        .map(classifier -> new ClassifiedTokenizer(tokenizer, classifier))
        .orElseThrow(
            () ->
                new ModelFileException(
                    directory.resolve(TokenClassifier.CONFIG_FILE),
                    "must be there where memories know voices, but is not"));
  }

  private static EstimateMemory shared(
      Path directory, ForesightSettings settings, int width, int classes, NDManager owner) {
    return new EstimateMemory(
        Foresight.load(directory, settings, width, classes, owner),
        settings.voiceWidth() == 0
            ? Optional.empty()
            : Optional.of(Voice.load(directory, settings.voiceWidth(), classes, owner)));
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
    if (config.memory() instanceof ForesightSettings memory
        && memory.voiceWidth() > 0
        && memory.voiceWidth() != tokenizer.voiceWidth()) {
      throw new ModelFileException(
          file,
          "memory.voiceWidth must be what is measured of a voice and its emotions, %d, but is %d"
              .formatted(tokenizer.voiceWidth(), memory.voiceWidth()));
    }
  }

  @Override
  public void close() {
    memory.close();
    tokenizer.close();
  }
}
