package io.undertone.training.tokenizer;

import ai.djl.ndarray.NDManager;
import io.undertone.model.torch.features.StackedFeatures;
import io.undertone.model.torch.files.ModelFileException;
import io.undertone.model.torch.tokenizer.FsqSpeechTokenizer;
import io.undertone.model.torch.tokenizer.TokenClassifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A speech tokenizer and the token classifier that learned with it. Both belong to the manager that
 * they were loaded with.
 */
public record Hearing(FsqSpeechTokenizer tokenizer, TokenClassifier classifier) {

  /** The files in a directory. */
  public static final List<String> FILES =
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
   * @throws ModelFileException if a file is missing or not what it must be
   */
  static Hearing load(Path directory, NDManager manager) {
    FsqSpeechTokenizer tokenizer = FsqSpeechTokenizer.load(directory, manager);
    TokenClassifier classifier =
        TokenClassifier.load(directory, tokenizer.codebookSize(), manager)
            .orElseThrow(
                () ->
                    new ModelFileException(
                        directory.resolve(TokenClassifier.CONFIG_FILE),
                        "must be there beside the tokenizer, but is not"));
    return new Hearing(tokenizer, classifier);
  }

  /** The logarithms of how likely each emotion is, told by an utterance as a whole. */
  float[] emotions(StackedFeatures utterance) {
    List<int[]> codes = List.of(tokenizer.encode(utterance));
    return classifier.logProbabilities(classifier.logits(codes)[0]);
  }
}
