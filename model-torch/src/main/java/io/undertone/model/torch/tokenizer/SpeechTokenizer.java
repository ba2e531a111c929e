package io.undertone.model.torch.tokenizer;

import io.undertone.audio.Pcm;
import java.util.List;

/**
 * Turns an utterance into tokens of one codebook. Called on the owner thread of the device that it
 * was made for. The tokens of an utterance depend on it alone.
 */
public interface SpeechTokenizer extends AutoCloseable {

  /** The sample rate that utterances must have. */
  int sampleRateHz();

  /** Tokens a second. */
  int frameRateHz();

  /** How many different tokens there are. */
  int codebookSize();

  /** Number of values in {@link UtteranceCues#voice}; 0 if no voice is measured. */
  default int voiceWidth() {
    return 0;
  }

  /**
   * The tokens of one utterance.
   *
   * @param utterance at {@link #sampleRateHz()}; one shorter than a token may give none
   */
  SpeechTokens encode(Pcm utterance);

  /** Each utterance as {@link #encode(Pcm)} gives it, in their order. */
  default List<SpeechTokens> encode(List<Pcm> utterances) {
    return utterances.stream().map(this::encode).toList();
  }

  @Override
  void close();
}
