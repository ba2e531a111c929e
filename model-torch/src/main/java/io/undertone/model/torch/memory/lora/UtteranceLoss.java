package io.undertone.model.torch.memory.lora;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.torch.llama.Adapter;
import io.undertone.model.torch.llama.Llama;
import io.undertone.model.torch.llama.Past;
import io.undertone.model.torch.memory.TokenRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The mean cross entropy of each utterance's tokens after its prefix. Rows are independent: a value
 * that is not finite in one does not reach another.
 */
final class UtteranceLoss {
  private final NDArray ids;
  private final NDArray positions;
  private final NDArray targets;
  private final NDArray weights;

  /**
   * @param prefixes tokens before the utterances, at least one each
   * @param utterances tokens to predict, at least one each
   */
  UtteranceLoss(List<int[]> prefixes, List<int[]> utterances, int pad, NDManager step) {
    int batch = utterances.size();
    int longest = TokenRows.longest(utterances);
    // The last token is only predicted, so the decoder need not read it.
    List<int[]> sequences = new ArrayList<>();
    for (int row = 0; row < batch; row++) {
      sequences.add(joinedButLast(prefixes.get(row), utterances.get(row)));
    }
    long[] before = new long[batch * longest];
    float[] shares = new float[batch * longest];
    for (int row = 0; row < batch; row++) {
      int tokens = utterances.get(row).length;
      int first = prefixes.get(row).length - 1;
      for (int i = 0; i < longest; i++) {
        boolean real = i < tokens;
        before[row * longest + i] = real ? first + i : first;
        shares[row * longest + i] = real ? -1f / tokens : 0;
      }
    }
    Shape shape = new Shape(batch, longest);
    this.ids = new TokenRows(sequences).toArray(pad, step);
    this.positions = step.create(before, shape);
    this.targets = new TokenRows(utterances).toArray(pad, step).expandDims(2);
    this.weights = step.create(shares, shape);
  }

  private static int[] joinedButLast(int[] prefix, int[] utterance) {
    int[] sequence = Arrays.copyOf(prefix, prefix.length + utterance.length - 1);
    System.arraycopy(utterance, 0, sequence, prefix.length, utterance.length - 1);
    return sequence;
  }

  /**
   * The losses, (batch).
   *
   * @param past keys and values of the tokens before the prefixes
   */
  NDArray of(Llama llama, Adapter adapter, Past past) {
    NDArray stream = llama.forwardAt(ids, positions, adapter, past);
    NDArray logProbabilities = llama.logits(stream).logSoftmax(2);
    NDArray ofTargets = logProbabilities.gather(targets, 2).squeeze(2);
    return ofTargets.mul(weights).sum(new int[] {1});
  }
}
