package io.undertone.model.torch.tokenizer;

/**
 * An utterance as discrete units.
 *
 * @param ids in time order, each in [0, codebookSize); the array must not be changed
 * @param frameRateHz tokens a second
 * @param cues measured beside the tokens
 */
public record SpeechTokens(int[] ids, int frameRateHz, UtteranceCues cues) {

  /** Of a tokenizer that measures no cues. */
  public SpeechTokens(int[] ids, int frameRateHz) {
    this(ids, frameRateHz, UtteranceCues.NONE);
  }
}
