package io.undertone.model.torch.features;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * Utterances of different lengths, padded to one array.
 *
 * @param features (batch, width, time), 0 in the padding
 * @param mask (batch, 1, time), 1 for rows of an utterance and 0 for padding
 */
public record FeatureBatch(NDArray features, NDArray mask) {

  /** Pads utterances of the same width, at least one. */
  public static FeatureBatch of(NDManager manager, List<TokenFeatures> utterances) {
    int time = utterances.stream().mapToInt(TokenFeatures::time).max().orElseThrow();
    int width = utterances.get(0).width();
    int batch = utterances.size();
    float[] values = new float[batch * time * width];
    float[] mask = new float[batch * time];
    for (int i = 0; i < batch; i++) {
      TokenFeatures utterance = utterances.get(i);
      System.arraycopy(utterance.values(), 0, values, i * time * width, utterance.values().length);
      Arrays.fill(mask, i * time, i * time + utterance.time(), 1);
    }
    NDArray rows = manager.create(values, new Shape(batch, time, width));
    return new FeatureBatch(
        rows.transpose(0, 2, 1).duplicate(),
        manager.create(mask, new Shape(batch, 1, time)).duplicate());
  }
}
