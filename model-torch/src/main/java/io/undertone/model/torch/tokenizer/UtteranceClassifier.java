package io.undertone.model.torch.tokenizer;

import ai.djl.ndarray.NDManager;
import io.undertone.model.torch.files.ModelFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Estimates the emotion of each utterance without a language model. The logits are those of its
 * tokens; with an utterance head, the mean of these and the head's, unless the utterance has no
 * statistics. Used on the owner thread of its device.
 *
 * @param tokens the classifier of tokens
 * @param head of the same labels
 */
public record UtteranceClassifier(TokenClassifier tokens, Optional<UtteranceHead> head)
    implements AutoCloseable {

  /**
   * A classified utterance.
   *
   * @param logits of the labels
   * @param voice the head's voice values, or without a head the statistics; empty if the utterance
   *     has no statistics
   * @param emotions log-probability of each emotion
   */
  public record Classified(float[] logits, float[] voice, float[] emotions) {

    /** The cues that a memory gets of the utterance. */
    public UtteranceCues cues() {
      return UtteranceCues.ofVoice(voice).classified(emotions);
    }
  }

  /**
   * Reads the token classifier of a model's directory, and the head if there is one.
   *
   * @param codebookSize of the model's tokenizer
   * @param statisticsWidth number of an utterance's statistics
   * @return empty if the model has no token classifier
   * @throws ModelFileException if a file is missing or invalid
   */
  public static Optional<UtteranceClassifier> load(
      Path directory, int codebookSize, int statisticsWidth, NDManager parent) {
    return TokenClassifier.load(directory, codebookSize, parent)
        .map(
            tokens ->
                new UtteranceClassifier(tokens, head(directory, statisticsWidth, tokens, parent)));
  }

  private static Optional<UtteranceHead> head(
      Path directory, int statisticsWidth, TokenClassifier tokens, NDManager parent) {
    if (!UtteranceHead.isIn(directory)) {
      return Optional.empty();
    }
    UtteranceHead head = UtteranceHead.load(directory, statisticsWidth, parent);
    if (head.labels() != tokens.labels().size()) {
      throw new ModelFileException(
          directory.resolve(UtteranceHead.WEIGHTS_FILE),
          "labels must be the %d of the token classifier, but are %d"
              .formatted(tokens.labels().size(), head.labels()));
    }
    return Optional.of(head);
  }

  /** The same classifier of tokens with another head. */
  public UtteranceClassifier withHead(UtteranceHead other) {
    return new UtteranceClassifier(tokens, Optional.of(other));
  }

  /** The classes, in the order of the logits. */
  public List<String> labels() {
    return tokens.labels();
  }

  /** Number of voice values. */
  public int voiceWidth(int statisticsWidth) {
    return head.map(UtteranceHead::voiceWidth).orElse(statisticsWidth);
  }

  /**
   * Classifies an utterance.
   *
   * @param codes its speech tokens, at least one
   * @param statistics maybe none
   */
  public Classified classify(int[] codes, float[] statistics) {
    return classify(List.of(codes), List.of(statistics)).get(0);
  }

  private List<Classified> classify(List<int[]> codes, List<float[]> statistics) {
    float[][] logits = tokens.logits(codes);
    List<float[]> voices = new ArrayList<>(statistics);
    List<Integer> measured = measured(statistics);
    if (head.isPresent() && !measured.isEmpty()) {
      List<float[]> read = measured.stream().map(statistics::get).toList();
      float[][] ofStatistics = head.get().logits(read);
      float[][] voice = head.get().voice(read);
      for (int i = 0; i < measured.size(); i++) {
        int row = measured.get(i);
        average(logits[row], ofStatistics[i]);
        voices.set(row, voice[i]);
      }
    }
    List<Classified> classified = new ArrayList<>();
    for (int row = 0; row < logits.length; row++) {
      classified.add(
          new Classified(logits[row], voices.get(row), tokens.logProbabilities(logits[row])));
    }
    return classified;
  }

  /** The rows that have statistics. */
  private static List<Integer> measured(List<float[]> statistics) {
    List<Integer> rows = new ArrayList<>();
    for (int row = 0; row < statistics.size(); row++) {
      if (statistics.get(row).length > 0) {
        rows.add(row);
      }
    }
    return rows;
  }

  /** Replaces the logits by the mean of both. */
  private static void average(float[] logits, float[] others) {
    for (int label = 0; label < logits.length; label++) {
      logits[label] = (logits[label] + others[label]) / 2;
    }
  }

  /**
   * The cues that a memory gets of each utterance; none of one without tokens.
   *
   * @param utterances whose voice cues are their statistics
   */
  public List<UtteranceCues> cues(List<SpeechTokens> utterances) {
    List<SpeechTokens> spoken = utterances.stream().filter(UtteranceClassifier::hasTokens).toList();
    if (spoken.isEmpty()) {
      return utterances.stream().map(silent -> UtteranceCues.NONE).toList();
    }
    Iterator<Classified> classified =
        classify(
                spoken.stream().map(SpeechTokens::ids).toList(),
                spoken.stream().map(one -> one.cues().voice()).toList())
            .iterator();
    return utterances.stream()
        .map(one -> hasTokens(one) ? classified.next().cues() : UtteranceCues.NONE)
        .toList();
  }

  private static boolean hasTokens(SpeechTokens utterance) {
    return utterance.ids().length > 0;
  }

  @Override
  public void close() {
    head.ifPresent(UtteranceHead::close);
    tokens.close();
  }
}
