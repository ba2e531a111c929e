package io.undertone.model.torch.tokenizer;

import java.util.Arrays;

/**
 * What is measured in an utterance beside its tokens. The arrays must not be changed.
 *
 * @param voice as many values as {@link SpeechTokenizer#voiceWidth()}, or none where no voice could
 *     be measured
 * @param emotions the classifier's log-probability of each emotion, or none without a classifier
 */
public record UtteranceCues(float[] voice, float[] emotions) {

  private static final float[] EMPTY = {};

  /** Nothing was measured. */
  public static final UtteranceCues NONE = new UtteranceCues(EMPTY, EMPTY);

  /** Cues without a classifier. */
  public static UtteranceCues ofVoice(float[] voice) {
    return new UtteranceCues(voice, EMPTY);
  }

  /**
   * The same cues with those of a classifier. Its log-probabilities are appended to the voice too,
   * if that was measured: their bias is stable per speaker.
   *
   * @param logProbabilities one per emotion
   */
  public UtteranceCues classified(float[] logProbabilities) {
    if (voice.length == 0) {
      return new UtteranceCues(voice, logProbabilities);
    }
    float[] both = Arrays.copyOf(voice, voice.length + logProbabilities.length);
    System.arraycopy(logProbabilities, 0, both, voice.length, logProbabilities.length);
    return new UtteranceCues(both, logProbabilities);
  }
}
