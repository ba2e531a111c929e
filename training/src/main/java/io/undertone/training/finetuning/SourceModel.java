package io.undertone.training.finetuning;

import ai.djl.ndarray.NDManager;
import io.undertone.model.torch.UndertoneConfig;
import io.undertone.model.torch.files.ModelFileException;
import io.undertone.model.torch.memory.speaker.SpeakerMemoryConfig;
import io.undertone.model.torch.tokenizer.TokenizerConfig;
import io.undertone.model.torch.tokenizer.TokenizerConfigFile;
import io.undertone.model.torch.tokenizer.UtteranceHead;
import io.undertone.training.recipe.EncoderSource;
import io.undertone.training.tokenizer.TrainedTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/**
 * The finished model that a fine-tuning starts from.
 *
 * @param memory with a voice model, which reads the utterance head
 * @param encoder the model's own copy
 */
record SourceModel(
    Path directory, UndertoneConfig config, SpeakerMemoryConfig memory, EncoderSource encoder) {

  private static final String CARD = "MODEL_CARD.md";

  /**
   * Reads a model's settings.
   *
   * @throws ModelFileException if a file is missing or invalid, the model has no utterance head, or
   *     its memory does not read it
   */
  static SourceModel read(Path directory) {
    UndertoneConfig config = UndertoneConfig.read(directory);
    TokenizerConfig tokenizer = TokenizerConfigFile.read(directory);
    if (tokenizer.input().isEmpty() || !UtteranceHead.isIn(directory)) {
      throw new ModelFileException(
          directory.resolve(UtteranceHead.WEIGHTS_FILE),
          "must exist beside a tokenizer of format undertone-fsq-2: only models with an utterance"
              + " head can be fine-tuned");
    }
    if (!(config.memory() instanceof SpeakerMemoryConfig memory) || memory.voiceWidth() == 0) {
      throw new ModelFileException(
          directory.resolve(UndertoneConfig.FILE),
          "memory must learn estimates and have a voiceWidth to be fine-tuned; no other memory uses"
              + " the utterance head");
    }
    TokenizerConfig.WhisperInput input = tokenizer.input().get();
    return new SourceModel(
        directory,
        config,
        memory,
        new EncoderSource(directory.resolve(input.directory()), input.features()));
  }

  /**
   * Network, classifier and utterance head.
   *
   * @throws ModelFileException if a file is missing or invalid
   */
  TrainedTokenizer tokenizer(int statisticsWidth, NDManager manager) {
    return TrainedTokenizer.load(directory, statisticsWidth, manager);
  }

  /**
   * Copies the model without its settings, {@value UndertoneConfig#FILE}, so that nobody takes the
   * copy for a finished model. The card says what it is made from.
   *
   * @param name of the new model
   */
  void copyPartsTo(Path to, String name) throws IOException {
    Files.deleteIfExists(to.resolve(UndertoneConfig.FILE));
    Path settings = directory.resolve(UndertoneConfig.FILE);
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file :
          files.filter(Files::isRegularFile).filter(file -> !file.equals(settings)).toList()) {
        Path copy = to.resolve(directory.relativize(file).toString());
        Files.createDirectories(copy.toAbsolutePath().getParent());
        Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Files.writeString(to.resolve(CARD), card(name));
  }

  /** Writes the settings under another name, which makes the copy a model. */
  void writeSettings(Path to, String name) {
    new UndertoneConfig(
            name, config.vocabulary(), config.memory(), config.prior(), config.temperature())
        .write(to);
  }

  private String card(String name) throws IOException {
    String origin =
        "`%s` is `%s`, fine-tuned by `undertone train --from`.".formatted(name, config.name());
    Path card = directory.resolve(CARD);
    return Files.exists(card)
        ? origin
            + " Licence and origin below hold for it too; the figures do not.\n\n"
            + Files.readString(card)
        : origin + "\n";
  }
}
