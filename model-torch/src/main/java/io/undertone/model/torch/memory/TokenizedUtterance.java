package io.undertone.model.torch.memory;

import io.undertone.model.EmotionEstimate;
import io.undertone.model.torch.tokenizer.UtteranceCues;
import java.util.Optional;

/**
 * The input for one utterance. Each kind of memory reads the parts that it needs.
 *
 * @param tokens with {@code audioEnd} last; the array must not be changed
 * @param cues measured in the utterance
 * @param otherSide the last estimate of the call's other side; empty if there is none
 */
public record TokenizedUtterance(
    int[] tokens, UtteranceCues cues, Optional<EmotionEstimate> otherSide) {

  /** An utterance without cues and without another side. */
  public static TokenizedUtterance ofTokens(int[] tokens) {
    return new TokenizedUtterance(tokens, UtteranceCues.NONE, Optional.empty());
  }

  /** The same utterance as the end of a longer window. */
  public TokenizedUtterance in(int[] window) {
    return new TokenizedUtterance(window, cues, otherSide);
  }
}
