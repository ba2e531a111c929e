package io.undertone.model.torch.tokenizer;

import ai.djl.ndarray.NDManager;
import io.undertone.audio.Pcm;
import io.undertone.model.Emotion;
import io.undertone.model.torch.files.ModelFileException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * A tokenizer with a classifier of each utterance, whose log-probabilities join the cues ({@link
 * UtteranceCues#classified}). The classifier's logits are those of the tokens; with an utterance
 * head, the mean of these and the head's, and the head's voice values replace the statistics.
 */
public final class ClassifiedTokenizer implements SpeechTokenizer {

  private final SpeechTokenizer tokenizer;
  private final TokenClassifier classifier;
  private final Optional<UtteranceHead> head;

  /** Takes ownership of all three. */
  public ClassifiedTokenizer(
      SpeechTokenizer tokenizer, TokenClassifier classifier, Optional<UtteranceHead> head) {
    this.tokenizer = tokenizer;
    this.classifier = classifier;
    this.head = head;
  }

  /**
   * Adds the classifier, and the head if there is one, of a model's directory to its tokenizer.
   *
   * @return empty if the model has no classifier
   * @throws ModelFileException if a file is invalid, or a tokenizer with a pretrained encoder has
   *     no head
   */
  public static Optional<ClassifiedTokenizer> load(
      Path directory, SpeechTokenizer tokenizer, NDManager parent) {
    return TokenClassifier.load(directory, tokenizer.codebookSize(), parent)
        .map(
            classifier ->
                new ClassifiedTokenizer(
                    tokenizer,
                    classifier,
                    head(directory, tokenizer.voiceWidth(), classifier, parent)));
  }

  private static Optional<UtteranceHead> head(
      Path directory, int statisticsWidth, TokenClassifier classifier, NDManager parent) {
    if (!UtteranceHead.isIn(directory)) {
      if (hasEncoder(directory)) {
        throw new ModelFileException(
            directory.resolve(UtteranceHead.WEIGHTS_FILE),
            "must exist beside the token classifier of a tokenizer with a pretrained encoder");
      }
      return Optional.empty();
    }
    UtteranceHead head = UtteranceHead.load(directory, statisticsWidth, parent);
    if (head.labels() != classifier.labels().size()) {
      throw new ModelFileException(
          directory.resolve(UtteranceHead.WEIGHTS_FILE),
          "labels must be the %d of the token classifier, but are %d"
              .formatted(classifier.labels().size(), head.labels()));
    }
    return Optional.of(head);
  }

  /** Not for tokenizers of other formats, which have another file or none. */
  private static boolean hasEncoder(Path directory) {
    return Files.exists(directory.resolve(FsqSpeechTokenizer.CONFIG_FILE))
        && TokenizerConfigFile.read(directory).input().isPresent();
  }

  @Override
  public int sampleRateHz() {
    return tokenizer.sampleRateHz();
  }

  @Override
  public int frameRateHz() {
    return tokenizer.frameRateHz();
  }

  @Override
  public int codebookSize() {
    return tokenizer.codebookSize();
  }

  @Override
  public int voiceWidth() {
    int measured = head.map(UtteranceHead::voiceWidth).orElseGet(tokenizer::voiceWidth);
    return measured == 0 ? 0 : measured + Emotion.values().length;
  }

  @Override
  public SpeechTokens encode(Pcm utterance) {
    return encode(List.of(utterance)).get(0);
  }

  @Override
  public List<SpeechTokens> encode(List<Pcm> utterances) {
    List<SpeechTokens> encoded = tokenizer.encode(utterances);
    List<SpeechTokens> spoken = encoded.stream().filter(ClassifiedTokenizer::hasTokens).toList();
    Iterator<UtteranceCues> cues = spoken.isEmpty() ? Collections.emptyIterator() : cues(spoken);
    return encoded.stream()
        .map(one -> withCues(one, hasTokens(one) ? cues.next() : UtteranceCues.NONE))
        .toList();
  }

  private static boolean hasTokens(SpeechTokens utterance) {
    return utterance.ids().length > 0;
  }

  private static SpeechTokens withCues(SpeechTokens utterance, UtteranceCues cues) {
    return new SpeechTokens(utterance.ids(), utterance.frameRateHz(), cues);
  }

  private Iterator<UtteranceCues> cues(List<SpeechTokens> utterances) {
    float[][] logits = classifier.logits(utterances.stream().map(SpeechTokens::ids).toList());
    List<float[]> voices = utterances.stream().map(one -> one.cues().voice()).toList();
    if (head.isPresent()) {
      average(logits, head.get().logits(voices));
      voices = List.of(head.get().voice(voices));
    }
    List<UtteranceCues> cues = new ArrayList<>();
    for (int i = 0; i < logits.length; i++) {
      UtteranceCues voice = UtteranceCues.ofVoice(voices.get(i));
      cues.add(voice.classified(classifier.logProbabilities(logits[i])));
    }
    return cues.iterator();
  }

  /** Replaces the logits by the mean of both. */
  private static void average(float[][] logits, float[][] others) {
    for (int row = 0; row < logits.length; row++) {
      for (int label = 0; label < logits[row].length; label++) {
        logits[row][label] = (logits[row][label] + others[row][label]) / 2;
      }
    }
  }

  @Override
  public void close() {
    head.ifPresent(UtteranceHead::close);
    classifier.close();
    tokenizer.close();
  }
}
