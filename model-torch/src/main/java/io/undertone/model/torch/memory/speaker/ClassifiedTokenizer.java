package io.undertone.model.torch.memory.speaker;

import io.undertone.audio.Pcm;
import io.undertone.model.Emotion;
import io.undertone.model.torch.tokenizer.SpeechTokenizer;
import io.undertone.model.torch.tokenizer.SpeechTokens;
import io.undertone.model.torch.tokenizer.UtteranceClassifier;
import io.undertone.model.torch.tokenizer.UtteranceCues;
import java.util.ArrayList;
import java.util.List;

/**
 * A tokenizer whose cues are those of a classifier: its voice values, joined by its
 * log-probabilities. Owns both.
 */
record ClassifiedTokenizer(SpeechTokenizer tokenizer, UtteranceClassifier classifier)
    implements SpeechTokenizer {

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
    int measured = classifier.voiceWidth(tokenizer.voiceWidth());
    return measured == 0 ? 0 : measured + Emotion.values().length;
  }

  @Override
  public List<SpeechTokens> encode(List<Pcm> utterances) {
    List<SpeechTokens> encoded = tokenizer.encode(utterances);
    List<UtteranceCues> cues = classifier.cues(encoded);
    List<SpeechTokens> classified = new ArrayList<>();
    for (int row = 0; row < encoded.size(); row++) {
      SpeechTokens one = encoded.get(row);
      classified.add(new SpeechTokens(one.ids(), one.frameRateHz(), cues.get(row)));
    }
    return classified;
  }

  @Override
  public void close() {
    classifier.close();
    tokenizer.close();
  }
}
