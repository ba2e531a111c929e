package io.undertone.training.tokenizer;

import ai.djl.ndarray.NDManager;
import io.undertone.model.torch.features.TokenFeatures;
import io.undertone.model.torch.files.ModelFileException;
import io.undertone.model.torch.tokenizer.FsqSpeechTokenizer;
import io.undertone.model.torch.tokenizer.TokenClassifier;
import io.undertone.model.torch.tokenizer.TokenNetwork;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * A speech tokenizer and the token classifier that was trained with it. The manager that loaded
 * them owns both.
 */
public record TrainedTokenizer(TokenNetwork tokenizer, TokenClassifier classifier) {

  /** The files of a trained tokenizer. */
  private static final List<String> FILES =
      List.of(
          FsqSpeechTokenizer.CONFIG_FILE,
          FsqSpeechTokenizer.WEIGHTS_FILE,
          TokenClassifier.CONFIG_FILE,
          TokenClassifier.WEIGHTS_FILE);

  static boolean isIn(Path directory) {
    return FILES.stream().allMatch(file -> Files.exists(directory.resolve(file)));
  }

  /**
   * Reads both.
   *
   * @throws ModelFileException if a file is missing or invalid
   */
  static TrainedTokenizer load(Path directory, NDManager manager) {
    TokenNetwork tokenizer = TokenNetwork.load(directory, manager);
    TokenClassifier classifier =
        TokenClassifier.load(directory, tokenizer.codebookSize(), manager)
            .orElseThrow(
                () ->
                    new ModelFileException(
                        directory.resolve(TokenClassifier.CONFIG_FILE),
                        "must exist beside the tokenizer"));
    return new TrainedTokenizer(tokenizer, classifier);
  }

  /** Copies the files of a trained tokenizer into a model's directory. */
  public static void copy(Path from, Path to) {
    try {
      for (String file : FILES) {
        Files.copy(from.resolve(file), to.resolve(file), StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The classifier's log-probabilities of the emotions, (classes). */
  float[] logProbabilities(TokenFeatures utterance) {
    List<int[]> codes = List.of(tokenizer.encode(utterance));
    return classifier.logProbabilities(classifier.logits(codes)[0]);
  }
}
