package io.undertone.model.torch.tokenizer;

/**
 * An utterance as discrete units.
 *
 * @param ids in time order, each in [0, codebookSize); the array must not be changed
 * @param frameRateHz tokens a second
 * @param voice what the ids do not tell of how it was said: as many values as {@link
 *     SpeechTokenizer#voiceWidth()}, or none where it could not be measured; the array must not be
 *     changed
 */
public record SpeechTokens(int[] ids, int frameRateHz, float[] voice) {

  /** Of a tokenizer that measures no voice. */
  public SpeechTokens(int[] ids, int frameRateHz) {
    this(ids, frameRateHz, new float[0]);
  }
}
