package io.undertone.model.torch.llama.learning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.torch.device.Rows;
import io.undertone.model.torch.llama.Llama;
import io.undertone.model.torch.llama.Lookup;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Tokens that a frozen decoder lacks: rows that follow those of its embedding and its head, and
 * learn. Runs on the device's owner thread.
 */
public final class AddedTokens {
  private static final int MOST_SAMPLED_ROWS = 1000;

  private final Llama llama;
  private final List<NDArray> tables;
  private final int first;
  private final int count;

  /**
   * @param llama reads embedded sequences of all tokens
   * @param tables rows of each of {@link io.undertone.model.torch.llama.LlamaWeights#tableNames},
   *     (count, width); empty if no token is added
   */
  public AddedTokens(Llama llama, List<NDArray> tables) {
    this.llama = llama;
    this.tables = List.copyOf(tables);
    this.first = llama.config().vocabularySize();
    this.count = tables.isEmpty() ? 0 : Math.toIntExact(tables.get(0).getShape().get(0));
  }

  /**
   * Start values: each value is drawn from the normal distribution of its column in the decoder's
   * table, so that added tokens begin among the others.
   *
   * @param manager owns them
   * @return for each table, (count, width)
   */
  public static List<NDArray> drawn(Llama llama, int count, Random random, NDManager manager) {
    List<UnaryOperator<NDArray>> tables =
        llama.config().tiedEmbeddings()
            ? List.of(llama::embed)
            : List.of(llama::embed, llama::headRows);
    int rows = llama.config().vocabularySize();
    int sampled = Math.min(rows, MOST_SAMPLED_ROWS);
    long[] sample = IntStream.range(0, sampled).mapToLong(i -> (long) i * rows / sampled).toArray();
    List<NDArray> drawn = new ArrayList<>();
    for (UnaryOperator<NDArray> table : tables) {
      try (NDArray indices = manager.create(sample);
          NDArray values = table.apply(indices);
          NDArray view = manager.create(like(Rows.of(values), count, random))) {
        drawn.add(view.duplicate());
      }
    }
    return drawn;
  }

  private static float[][] like(float[][] sample, int count, Random random) {
    float[][] drawn = new float[count][sample[0].length];
    for (int column = 0; column < sample[0].length; column++) {
      int of = column;
      double[] values = Arrays.stream(sample).mapToDouble(row -> row[of]).toArray();
      double mean = Arrays.stream(values).average().orElseThrow();
      double square = Arrays.stream(values).map(value -> value * value).average().orElseThrow();
      double deviation = Math.sqrt(Math.max(0, square - mean * mean));
      for (float[] row : drawn) {
        row[column] = (float) (mean + deviation * random.nextGaussian());
      }
    }
    return drawn;
  }

  /** Whether there are any rows that learn. */
  public boolean isEmpty() {
    return count == 0;
  }

  /**
   * The embedding of tokens of the decoder and of added ones.
   *
   * @param ids of all rows of a batch, one after the other
   * @param batch number of rows
   * @return (batch, time, width), in the step's manager
   */
  public NDArray embed(int[] ids, int batch, NDManager step) {
    Shape shape = new Shape(batch, ids.length / batch);
    NDArray own = step.create(places(ids, 0, first), shape);
    if (count == 0) {
      // A copy: rows that are read without gradients in mind could never pass any.
      return llama.embed(own).duplicate();
    }
    NDArray added = step.create(places(ids, first, count), shape);
    NDArray isAdded = step.create(added(ids), shape.add(1)).duplicate();
    NDArray isOwn = isAdded.neg().add(1);
    return llama.embed(own).mul(isOwn).add(Lookup.rows(tables.get(0), added).mul(isAdded));
  }

  /** Places in a table of some rows that begins with some token; any row for other tokens. */
  private static long[] places(int[] ids, int begin, int rows) {
    return Arrays.stream(ids)
        .mapToLong(id -> Math.max(0, Math.min(rows - 1, id - begin)))
        .toArray();
  }

  private float[] added(int[] ids) {
    float[] added = new float[ids.length];
    for (int i = 0; i < ids.length; i++) {
      added[i] = ids[i] >= first ? 1 : 0;
    }
    return added;
  }

  /**
   * The final norm and the head of all tokens.
   *
   * @param stream (…, width)
   * @return (…, vocabulary + count)
   */
  public NDArray logits(NDArray stream) {
    NDArray own = llama.logits(stream);
    if (count == 0) {
      return own;
    }
    NDArray added = llama.logits(stream, head());
    return own.concat(added, own.getShape().dimension() - 1);
  }

  /**
   * The head's rows of some tokens, either all of the decoder or all added.
   *
   * @return (tokens, width)
   */
  public NDArray headRows(List<Integer> tokens, NDManager step) {
    long[] ids = tokens.stream().mapToLong(Integer::longValue).toArray();
    if (ids[0] < first) {
      return llama.headRows(step.create(ids)).duplicate();
    }
    return Lookup.rows(head(), step.create(Arrays.stream(ids).map(id -> id - first).toArray()));
  }

  private NDArray head() {
    return tables.get(tables.size() - 1);
  }
}
