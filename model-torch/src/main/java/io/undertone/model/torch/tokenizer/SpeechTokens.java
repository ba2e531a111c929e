package io.undertone.model.torch.tokenizer;

/**
 * An utterance as discrete units.
 *
 * @param ids in time order, each in [0, codebookSize); the array must not be changed
 * @param frameRateHz tokens a second
 * @param delivery what the ids do not tell of how it was said, or tell only together
 */
public record SpeechTokens(int[] ids, int frameRateHz, Delivery delivery) {

  /** Of a tokenizer that tells nothing else. */
  public SpeechTokens(int[] ids, int frameRateHz) {
    this(ids, frameRateHz, Delivery.UNKNOWN);
  }
}
