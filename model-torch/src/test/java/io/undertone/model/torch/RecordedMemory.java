package io.undertone.model.torch;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.undertone.model.MemorySnapshot;
import io.undertone.model.MemorySnapshot.Tensor;
import io.undertone.model.Recognition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What a saved memory holds, and what its model made of the next utterance when it was saved.
 *
 * @param tensors what is known of each, in their order
 * @param nextEstimate of the next utterance
 * @param nextLoss of the update with it
 */
record RecordedMemory(
    String modelFingerprint,
    int updateStep,
    int optimizerStep,
    int[] history,
    List<RecordedTensor> tensors,
    float[] nextEstimate,
    float nextLoss) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Enough of a tensor to see that it is the same. */
  record RecordedTensor(String name, int[] shape, float first, float last, double sumOfSquares) {

    static RecordedTensor of(Tensor tensor) {
      float[] values = tensor.values();
      double sum = 0;
      for (float value : values) {
        sum += (double) value * value;
      }
      return new RecordedTensor(
          tensor.name(), tensor.shape(), values[0], values[values.length - 1], sum);
    }
  }

  static RecordedMemory of(MemorySnapshot memory, Recognition next) {
    return new RecordedMemory(
        memory.modelFingerprint(),
        memory.updateStep(),
        memory.optimizerStep(),
        memory.history(),
        memory.tensors().stream().map(RecordedTensor::of).toList(),
        next.estimate().toArray(),
        next.update().loss());
  }

  static RecordedMemory read(Path file) throws IOException {
    return JSON.readValue(file.toFile(), RecordedMemory.class);
  }

  void write(Path file) throws IOException {
    JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), this);
  }
}
