package io.undertone.model.torch;

import io.undertone.audio.Pcm;
import io.undertone.model.torch.tokenizer.SpeechTokens;
import java.util.List;

/** An utterance of a batch is shorter than a token. */
public final class UtteranceTooShortException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final int row;

  private UtteranceTooShortException(int row, Pcm utterance) {
    super(
        "utterance must be at least one token long, but has %d samples"
            .formatted(utterance.samples().length));
    this.row = row;
  }

  /**
   * Checks a batch.
   *
   * @param tokens of the utterances
   * @throws UtteranceTooShortException if an utterance has no token
   */
  public static void check(List<SpeechTokens> tokens, List<Pcm> utterances) {
    for (int row = 0; row < tokens.size(); row++) {
      if (tokens.get(row).ids().length == 0) {
        throw new UtteranceTooShortException(row, utterances.get(row));
      }
    }
  }

  /** Number of the utterance in its batch. */
  public int row() {
    return row;
  }
}
