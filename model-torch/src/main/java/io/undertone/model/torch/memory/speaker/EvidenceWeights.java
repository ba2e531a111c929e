package io.undertone.model.torch.memory.speaker;

import io.undertone.model.torch.files.JsonObject;
import java.util.List;
import java.util.Map;

/**
 * Weights of the logits of an utterance with voice cues. They are below 1, since decoder and
 * classifier are overconfident for speakers that they were not trained on, and not independent of
 * each other and of the voice.
 *
 * @param decoder weight of the decoder's logits
 * @param classifier weight of the classifier's log-probabilities, beside their part in the voice
 *     cues
 */
public record EvidenceWeights(double decoder, double classifier) {

  /** Of models that state none. */
  public static final EvidenceWeights DEFAULT = new EvidenceWeights(0.2, 0);

  private static final String DECODER = "decoderWeight";
  private static final String CLASSIFIER = "classifierWeight";

  /** Names of the fields in {@code undertone.json}. */
  static final List<String> FIELDS = List.of(DECODER, CLASSIFIER);

  /**
   * @throws IllegalArgumentException if a weight is not from 0 to 1
   */
  public EvidenceWeights {
    require(DECODER, decoder);
    require(CLASSIFIER, classifier);
  }

  /** Reads the fields that {@link #settings} names; absent ones have their default. */
  static EvidenceWeights read(JsonObject json) {
    return new EvidenceWeights(
        json.has(DECODER) ? json.number(DECODER, 0) : DEFAULT.decoder,
        json.has(CLASSIFIER) ? json.number(CLASSIFIER, 0) : DEFAULT.classifier);
  }

  /** The fields in {@code undertone.json}. */
  Map<String, Object> settings() {
    return Map.of(DECODER, decoder, CLASSIFIER, classifier);
  }

  private static void require(String name, double weight) {
    if (!(weight >= 0 && weight <= 1)) {
      throw new IllegalArgumentException(
          "%s must be from 0 to 1, but is %s".formatted(name, weight));
    }
  }
}
