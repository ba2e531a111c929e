package io.undertone.model.torch.features;

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * Settings of {@link WhisperFeatures}. Layers count from 1; 0 is the input of the first layer.
 *
 * @param sampleRateHz of the calls that the model is evaluated on
 * @param tokenLayers whose outputs, side by side, are a row
 * @param statisticsLayers whose mean and standard deviation over time are the statistics
 */
public record WhisperFeaturesConfig(
    int sampleRateHz, List<Integer> tokenLayers, List<Integer> statisticsLayers) {

  /** For telephone calls and the first four layers of Whisper base. */
  public static final WhisperFeaturesConfig DEFAULT =
      new WhisperFeaturesConfig(8000, List.of(2, 4), List.of(2, 3, 4));

  public WhisperFeaturesConfig {
    tokenLayers = validLayers("tokenLayers", tokenLayers);
    statisticsLayers = validLayers("statisticsLayers", statisticsLayers);
  }

  /** All layers that are read, ascending, without duplicates. */
  public List<Integer> layers() {
    return Stream.concat(tokenLayers.stream(), statisticsLayers.stream())
        .distinct()
        .sorted()
        .toList();
  }

  /** Number of layers that are computed, at least 1. */
  public int highestLayer() {
    return Math.max(1, Math.max(Collections.max(tokenLayers), Collections.max(statisticsLayers)));
  }

  private static List<Integer> validLayers(String name, List<Integer> layers) {
    if (layers.isEmpty() || layers.stream().anyMatch(layer -> layer < 0)) {
      throw new IllegalArgumentException(
          name + " must be at least one layer, each at least 0, but are " + layers);
    }
    return List.copyOf(layers);
  }
}
