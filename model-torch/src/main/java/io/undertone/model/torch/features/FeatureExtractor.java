package io.undertone.model.torch.features;

import io.undertone.audio.Pcm;
import java.util.List;

/** Measures utterances for the tokenizer. Used on the owner thread of its device. */
public interface FeatureExtractor extends AutoCloseable {

  /** The sample rate that utterances must have. */
  int sampleRateHz();

  /** Width of a row of {@link UtteranceFeatures#rows}. */
  int width();

  /** Number of {@link UtteranceFeatures#statistics}. */
  int statisticsWidth();

  /**
   * The features of each utterance, in their order. They depend on the utterance alone, except for
   * rounding.
   *
   * @throws IllegalArgumentException if an utterance has another sample rate
   */
  List<UtteranceFeatures> extract(List<Pcm> utterances);

  @Override
  void close();
}
