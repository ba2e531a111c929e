package io.undertone.model.torch.tokenizer;

import io.undertone.audio.Pcm;
import java.util.List;

/**
 * Turns an utterance into tokens of one codebook. Used on the owner thread of its device. The
 * tokens of an utterance do not depend on others in a batch.
 */
public interface SpeechTokenizer extends AutoCloseable {

  /** The sample rate that utterances must have. */
  int sampleRateHz();

  /** Number of tokens a second. */
  int frameRateHz();

  /** Number of different tokens. */
  int codebookSize();

  /** Number of values in {@link UtteranceCues#voice}; 0 if no voice is measured. */
  default int voiceWidth() {
    return 0;
  }

  /**
   * The tokens of each utterance, in their order.
   *
   * @param utterances at {@link #sampleRateHz()}; one that is shorter than a token may have none
   */
  List<SpeechTokens> encode(List<Pcm> utterances);

  /** The tokens of one utterance. */
  default SpeechTokens encode(Pcm utterance) {
    return encode(List.of(utterance)).get(0);
  }

  @Override
  void close();
}
