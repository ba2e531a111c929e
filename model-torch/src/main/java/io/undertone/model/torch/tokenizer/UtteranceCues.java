package io.undertone.model.torch.tokenizer;

import java.util.Arrays;

/**
 * Measurements of an utterance beside its tokens. The arrays must not be modified.
 *
 * @param voice {@link SpeechTokenizer#voiceWidth()} values; empty if no voice could be measured
 * @param emotions the classifier's log-probability of each emotion; empty without a classifier
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
   * Adds the log-probabilities of a classifier. They are appended to a measured voice too, because
   * a classifier's bias is stable for a speaker.
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
