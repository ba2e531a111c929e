package io.undertone.training.tokenizer;

import ai.djl.ndarray.NDManager;
import io.undertone.model.EmotionEstimate;
import io.undertone.model.torch.features.UtteranceFeatures;
import io.undertone.model.torch.files.ModelFileException;
import io.undertone.model.torch.tokenizer.FsqSpeechTokenizer;
import io.undertone.model.torch.tokenizer.TokenClassifier;
import io.undertone.model.torch.tokenizer.TokenNetwork;
import io.undertone.model.torch.tokenizer.UtteranceClassifier;
import io.undertone.model.torch.tokenizer.UtteranceClassifier.Classified;
import io.undertone.model.torch.tokenizer.UtteranceCues;
import io.undertone.model.torch.tokenizer.UtteranceHead;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * A token network with the token classifier and the utterance head that were trained with it. The
 * manager that loaded them owns all three.
 *
 * @param classifier the last two
 */
public record TrainedTokenizer(TokenNetwork network, UtteranceClassifier classifier) {

  private static final List<String> NETWORK_FILES =
      List.of(
          FsqSpeechTokenizer.CONFIG_FILE,
          FsqSpeechTokenizer.WEIGHTS_FILE,
          TokenClassifier.CONFIG_FILE,
          TokenClassifier.WEIGHTS_FILE);

  /** Whether network and classifier are in a directory. */
  static boolean networkIsIn(Path directory) {
    return NETWORK_FILES.stream().allMatch(file -> Files.exists(directory.resolve(file)));
  }

  /**
   * Reads all three.
   *
   * @param statisticsWidth number of an utterance's statistics
   * @throws ModelFileException if a file is missing or invalid
   */
  public static TrainedTokenizer load(Path directory, int statisticsWidth, NDManager manager) {
    TokenNetwork network = TokenNetwork.load(directory, manager);
    UtteranceClassifier classifier =
        UtteranceClassifier.load(directory, network.codebookSize(), statisticsWidth, manager)
            .orElseThrow(
                () ->
                    new ModelFileException(
                        directory.resolve(TokenClassifier.CONFIG_FILE),
                        "must exist beside the tokenizer"));
    return new TrainedTokenizer(network, classifier);
  }

  /** The same network and classifier with another head. */
  public TrainedTokenizer withHead(UtteranceHead other) {
    return new TrainedTokenizer(network, classifier.withHead(other));
  }

  /** Copies the files of a trained tokenizer into a model's directory. */
  public static void copy(Path from, Path to) {
    try {
      for (String file :
          Stream.concat(NETWORK_FILES.stream(), Stream.of(UtteranceHead.WEIGHTS_FILE)).toList()) {
        Files.copy(from.resolve(file), to.resolve(file), StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Tokenizes and classifies an utterance of at least one row. */
  Classified classify(UtteranceFeatures utterance) {
    return classifier.classify(network.encode(utterance.rows()), utterance.statistics());
  }

  /** The cues that a memory gets of an utterance. */
  public UtteranceCues cues(UtteranceFeatures utterance) {
    return classify(utterance).cues();
  }

  /** The probabilities of the emotions. */
  public EmotionEstimate estimate(UtteranceFeatures utterance) {
    return EmotionEstimate.ofLogProbabilities(classify(utterance).emotions());
  }
}
