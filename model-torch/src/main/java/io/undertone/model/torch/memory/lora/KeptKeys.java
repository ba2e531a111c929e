package io.undertone.model.torch.memory.lora;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.torch.llama.KeyValues;
import io.undertone.model.torch.llama.Past;
import java.util.Arrays;
import java.util.List;

/**
 * The kept keys and values of a batch of memories. No gradient flows through them.
 *
 * <p>Those of one memory are an array of shape (2 · layers, tokens, keyValueHeads, headWidth): keys
 * and values of the first layer, then of the next.
 */
final class KeptKeys {
  private static final int LAYERED = 1;
  private static final int TIME = 2;

  /** (batch, 2 · layers, time, keyValueHeads, headWidth), rows padded on the left */
  private final NDArray rows;

  private final int[] tokens;

  private KeptKeys(NDArray rows, int[] tokens) {
    this.rows = rows;
    this.tokens = tokens;
  }

  /** A batch of copies that belongs to the step. */
  static KeptKeys stack(List<NDArray> kept, NDManager step) {
    int[] tokens = kept.stream().mapToInt(one -> tokens(one.getShape())).toArray();
    int longest = Arrays.stream(tokens).max().orElse(0);
    NDList padded = new NDList();
    for (NDArray one : kept) {
      padded.add(padded(one, longest, step));
    }
    NDArray rows = NDArrays.stack(padded);
    rows.attach(step);
    return new KeptKeys(rows, tokens);
  }

  private static int tokens(Shape one) {
    return Math.toIntExact(one.get(LAYERED));
  }

  private static NDArray padded(NDArray one, int longest, NDManager step) {
    Shape shape = one.getShape();
    int missing = longest - tokens(shape);
    if (missing == 0) {
      return one;
    }
    NDArray zeros = step.zeros(new Shape(shape.get(0), missing, shape.get(2), shape.get(3)));
    return zeros.concat(one, LAYERED);
  }

  /**
   * A part of each row as a past.
   *
   * @param most maximum number of tokens of each row
   * @param butLast number of tokens at the end of each row to leave out
   */
  Past last(int[] most, int butLast) {
    int[] taken = new int[most.length];
    Arrays.setAll(taken, row -> Math.max(0, Math.min(most[row], tokens[row] - butLast)));
    int longest = Arrays.stream(taken).max().orElse(0);
    if (longest == 0) {
      return Past.NONE;
    }
    long end = rows.getShape().get(TIME) - butLast;
    NDArray part = rows.get(new NDIndex(":, :, " + (end - longest) + ":" + end));
    return new Part(part.split(rows.getShape().get(LAYERED), LAYERED), taken, longest);
  }

  /** A part of the rows. */
  private static final class Part implements Past {
    private final NDList layered;
    private final int[] taken;
    private final int longest;

    /**
     * @param layered (batch, 1, longest, keyValueHeads, headWidth) each
     */
    private Part(NDList layered, int[] taken, int longest) {
      this.layered = layered;
      this.taken = taken;
      this.longest = longest;
    }

    @Override
    public int tokens() {
      return longest;
    }

    @Override
    public NDArray mask(NDArray causal) {
      int all = Math.toIntExact(causal.getShape().get(causal.getShape().dimension() - 1));
      float[] fill = new float[taken.length * all];
      for (int row = 0; row < taken.length; row++) {
        int from = row * all;
        Arrays.fill(fill, from, from + longest - taken[row], Float.NEGATIVE_INFINITY);
      }
      NDArray filled = causal.getManager().create(fill, new Shape(taken.length, 1, 1, all));
      return causal.add(filled);
    }

    @Override
    public KeyValues before(int layer, KeyValues own) {
      return new KeyValues(
          joined(layered.get(2 * layer), own.keys()),
          joined(layered.get(2 * layer + 1), own.values()));
    }

    private static NDArray joined(NDArray past, NDArray own) {
      return past.squeeze(1).concat(own, 1);
    }
  }
}
