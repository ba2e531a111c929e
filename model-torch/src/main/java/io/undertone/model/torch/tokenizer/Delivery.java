package io.undertone.model.torch.tokenizer;

import io.undertone.model.EmotionEstimate;
import java.util.Arrays;
import java.util.Optional;

/**
 * How an utterance was said, and after what, beside its tokens. The arrays must not be changed.
 *
 * @param voice as many values as {@link SpeechTokenizer#voiceWidth()}, or none where no voice could
 *     be measured
 * @param emotions the logarithms of how likely each emotion is, told by the whole utterance alone,
 *     or none where nothing tells
 * @param otherSide how likely each emotion was when the call's other side spoke last, or none where
 *     it has not, or is not heard
 */
public record Delivery(float[] voice, float[] emotions, float[] otherSide) {

  private static final float[] NONE = {};

  /** Nothing is known. */
  public static final Delivery UNKNOWN = new Delivery(NONE, NONE);

  /** Of a call's only side. */
  public Delivery(float[] voice, float[] emotions) {
    this(voice, emotions, NONE);
  }

  /** The same after the other side was heard to feel so; as it is if nothing was heard of it. */
  public Delivery after(Optional<EmotionEstimate> otherSide) {
    return otherSide.map(heard -> after(heard.toArray())).orElse(this);
  }

  /** The same after the other side has spoken. */
  public Delivery after(float[] otherSide) {
    return new Delivery(voice, emotions, otherSide);
  }

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
    return new Delivery(voice, NONE);
  }
}
