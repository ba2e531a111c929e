package io.undertone.training.recipe;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a model is trained on.
 *
 * @param encoder the pretrained encoder
 */
public record TrainingData(ClipSource source, EncoderSource encoder) {

  /** Identifies clips, dynamics and encoder by their content, wherever they are. */
  public Map<String, String> identity() throws IOException {
    Map<String, String> identity = new LinkedHashMap<>(source.identity());
    identity.put("encoder", encoder.fingerprint());
    return identity;
  }
}
