package io.undertone.model.torch.tokenizer;

import java.util.Arrays;

/**
 * How an utterance was said, beside its tokens. The arrays must not be changed.
 *
 * @param voice as many values as {@link SpeechTokenizer#voiceWidth()}, or none where no voice could
 *     be measured
 * @param emotions the logarithms of how likely each emotion is, told by the whole utterance alone,
 *     or none where nothing tells
 */
public record Delivery(float[] voice, float[] emotions) {

  /** Nothing is known. */
  public static final Delivery UNKNOWN = new Delivery(new float[0], new float[0]);

  /**
   * What is measured of a voice includes how its emotions are heard: a classifier mishears a voice
   * that it does not know in one way, utterance after utterance.
   *
   * @param voice measures, or none
   * @param emotions as in the record
   */
  public static Delivery of(float[] voice, float[] emotions) {
    if (voice.length == 0) {
      return new Delivery(voice, emotions);
    }
    float[] both = Arrays.copyOf(voice, voice.length + emotions.length);
    System.arraycopy(emotions, 0, both, voice.length, emotions.length);
    return new Delivery(both, emotions);
  }

  /** Nothing but the voice is known. */
  public static Delivery ofVoice(float[] voice) {
    return new Delivery(voice, new float[0]);
  }
}
