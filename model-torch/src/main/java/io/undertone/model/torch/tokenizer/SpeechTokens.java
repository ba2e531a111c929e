package io.undertone.model.torch.tokenizer;

/**
 * An utterance as discrete units.
 *
 * @param ids in time order, each in [0, codebookSize); the array must not be modified
 * @param frameRateHz number of tokens a second
 * @param cues other measurements of the utterance
 */
public record SpeechTokens(int[] ids, int frameRateHz, UtteranceCues cues) {

  /** Tokens without cues. */
  public SpeechTokens(int[] ids, int frameRateHz) {
    this(ids, frameRateHz, UtteranceCues.NONE);
  }
}
