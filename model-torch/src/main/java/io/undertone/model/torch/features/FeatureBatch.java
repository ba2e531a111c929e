package io.undertone.model.torch.features;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * Clips of different lengths in one array.
 *
 * @param features (batch, {@value StackedFeatures#WIDTH}, time), 0 behind the end of a clip
 * @param mask (batch, 1, time), 1 up to the end of a clip
 */
public record FeatureBatch(NDArray features, NDArray mask) {

  public static FeatureBatch of(NDManager manager, List<StackedFeatures> clips) {
    int time = clips.stream().mapToInt(StackedFeatures::time).max().orElseThrow();
    int batch = clips.size();
    float[] values = new float[batch * time * StackedFeatures.WIDTH];
    float[] mask = new float[batch * time];
    for (int i = 0; i < batch; i++) {
      StackedFeatures clip = clips.get(i);
      System.arraycopy(
          clip.values(), 0, values, i * time * StackedFeatures.WIDTH, clip.values().length);
      Arrays.fill(mask, i * time, i * time + clip.time(), 1);
    }
    NDArray rows = manager.create(values, new Shape(batch, time, StackedFeatures.WIDTH));
    return new FeatureBatch(
        rows.transpose(0, 2, 1).duplicate(),
        manager.create(mask, new Shape(batch, 1, time)).duplicate());
  }
}
