package io.undertone.model.torch.tokenizer;

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

  /** Nothing but the voice is known. */
  public static Delivery ofVoice(float[] voice) {
    return new Delivery(voice, new float[0]);
  }
}
