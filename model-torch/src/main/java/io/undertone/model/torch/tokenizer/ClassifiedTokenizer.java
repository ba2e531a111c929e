package io.undertone.model.torch.tokenizer;

import io.undertone.audio.Pcm;
import io.undertone.model.Emotion;
import java.util.ArrayList;
import java.util.List;

/**
 * A tokenizer with a classifier of each utterance's tokens, whose log-probabilities join the cues
 * ({@link UtteranceCues#classified}).
 */
public final class ClassifiedTokenizer implements SpeechTokenizer {

  private final SpeechTokenizer tokenizer;
  private final TokenClassifier classifier;

  /** Closes both. */
  public ClassifiedTokenizer(SpeechTokenizer tokenizer, TokenClassifier classifier) {
    this.tokenizer = tokenizer;
    this.classifier = classifier;
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
    int measured = tokenizer.voiceWidth();
    return measured == 0 ? 0 : measured + Emotion.values().length;
  }

  @Override
  public SpeechTokens encode(Pcm utterance) {
    return encode(List.of(utterance)).get(0);
  }

  @Override
  public List<SpeechTokens> encode(List<Pcm> utterances) {
    List<SpeechTokens> encoded = tokenizer.encode(utterances);
    List<int[]> codes =
        encoded.stream().map(SpeechTokens::ids).filter(ids -> ids.length > 0).toList();
    float[][] logits = codes.isEmpty() ? new float[0][] : classifier.logits(codes);
    List<SpeechTokens> classified = new ArrayList<>();
    int next = 0;
    for (SpeechTokens one : encoded) {
      classified.add(one.ids().length == 0 ? one : classified(one, logits[next++]));
    }
    return classified;
  }

  private SpeechTokens classified(SpeechTokens encoded, float[] logits) {
    UtteranceCues cues = encoded.cues().classified(classifier.logProbabilities(logits));
    return new SpeechTokens(encoded.ids(), encoded.frameRateHz(), cues);
  }

  @Override
  public void close() {
    classifier.close();
    tokenizer.close();
  }
}
