package io.undertone.evaluation.conformance;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.undertone.model.torch.files.JsonObject;
import io.undertone.model.torch.llama.Adapter;
import io.undertone.model.torch.llama.Llama;
import java.util.Arrays;
import java.util.List;

/**
 * Compares logits with a reference, which has the {@code input_ids} of some sequences and the
 * logits of their last positions.
 */
final class LogitComparison {
  private final JsonObject expected;
  private final Deviation deviation;

  LogitComparison(JsonObject expected, Precision precision) {
    this.expected = expected;
    this.deviation = precision.deviation();
  }

  Deviation deviation() {
    return deviation;
  }

  /**
   * Computes and compares logits.
   *
   * @param field the last logits in the reference
   * @return the sum of all logits, of each position
   */
  double compare(Llama llama, String field, NDManager manager) {
    int vocabulary = llama.config().vocabularySize();
    List<float[]> last = expected.numberLists(field);
    List<int[]> inputs = expected.tokenLists("input_ids", vocabulary);
    if (inputs.isEmpty() || last.size() != inputs.size()) {
      throw expected.wrong(field, "have as many rows as input_ids, and at least 1");
    }
    double sum = 0;
    for (int row = 0; row < inputs.size(); row++) {
      if (last.get(row).length != vocabulary) {
        throw expected.wrong(field, "have " + vocabulary + " numbers a row");
      }
      float[] all = logits(llama, inputs.get(row), manager);
      deviation.add(Arrays.copyOfRange(all, all.length - vocabulary, all.length), last.get(row));
      for (float logit : all) {
        sum += logit;
      }
    }
    return sum;
  }

  private static float[] logits(Llama llama, int[] tokens, NDManager manager) {
    try (NDManager step = manager.newSubManager()) {
      long[][] ids = {Arrays.stream(tokens).asLongStream().toArray()};
      NDArray stream = llama.forward(step.create(ids), Adapter.NONE);
      return llama.logits(stream).toFloatArray();
    }
  }
}
