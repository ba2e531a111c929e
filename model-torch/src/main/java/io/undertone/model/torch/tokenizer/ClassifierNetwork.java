package io.undertone.model.torch.tokenizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Classifies the quantized values of an utterance's tokens: a bidirectional GRU whose outputs are
 * averaged by attention.
 */
public final class ClassifierNetwork {

  private final Layers.WeightSource weights;
  private final Layers layers;
  private final ClassifierConfig config;
  private final NDArray masked;

  /**
   * Takes the weights named {@code classifier.*} from the source.
   *
   * @param manager owns a constant
   */
  public ClassifierNetwork(
      Layers.WeightSource weights, ClassifierConfig config, NDManager manager) {
    this(weights, new Layers(weights), config, manager);
  }

  private ClassifierNetwork(
      Layers.WeightSource weights, Layers layers, ClassifierConfig config, NDManager manager) {
    this.weights = weights;
    this.layers = layers;
    this.config = config;
    this.masked = manager.create(new float[] {-1e4f}, new Shape(1)).duplicate();
  }

  /** With weights that stay as they are. */
  static ClassifierNetwork frozen(
      Layers.WeightSource weights, ClassifierConfig config, NDManager manager) {
    return new ClassifierNetwork(weights, new FrozenLayers(weights), config, manager);
  }

  /**
   * The logits of the labels, for training. The backward direction begins in the padding, so
   * batches should contain utterances of similar length.
   *
   * @param quantized (batch, time, values)
   * @param mask (batch, time), 1 for tokens and 0 for padding
   * @param dropout the identity outside training
   * @return (batch, labels)
   */
  public NDArray logits(NDArray quantized, NDArray mask, UnaryOperator<NDArray> dropout) {
    return attended(gru(embedded(quantized)), mask, dropout);
  }

  /**
   * The logits of the labels. They do not depend on the padding.
   *
   * @param quantized (batch, time, values)
   * @param lengths tokens of each utterance, at most time
   * @return (batch, labels)
   */
  NDArray logits(NDArray quantized, int[] lengths) {
    NDManager step = quantized.getManager();
    int time = Math.toIntExact(quantized.getShape().get(1));
    long[] backwards = new long[lengths.length * time];
    float[] mask = new float[backwards.length];
    for (int row = 0; row < lengths.length; row++) {
      for (int at = 0; at < time; at++) {
        boolean token = at < lengths[row];
        mask[row * time + at] = token ? 1 : 0;
        backwards[row * time + at] = row * time + (token ? lengths[row] - 1 - at : at);
      }
    }
    Shape places = new Shape(lengths.length, time);
    NDArray order = step.create(backwards, places);
    NDArray embedded = embedded(quantized);
    NDArray forward = gru(embedded, List.of("forward"));
    NDArray backward = reordered(gru(reordered(embedded, order), List.of("backward")), order);
    return attended(
        forward.concat(backward, 2), step.create(mask, places), UnaryOperator.identity());
  }

  /** Positions of all rows in another order, which is its own inverse. */
  private static NDArray reordered(NDArray rows, NDArray order) {
    Shape shape = rows.getShape();
    NDArray flat = rows.reshape(shape.get(0) * shape.get(1), shape.get(2));
    return order.getNDArrayInternal().embedding(order, flat, SparseFormat.DENSE).singletonOrThrow();
  }

  private NDArray embedded(NDArray quantized) {
    return SpeechEncoder.gelu(
        layers.linear("classifier.in", quantized, config.levels().length, config.width()));
  }

  private NDArray attended(NDArray outputs, NDArray mask, UnaryOperator<NDArray> dropout) {
    int width = 2 * config.gruWidth();
    NDArray kept = dropout.apply(outputs);
    NDArray attention = layers.linear("classifier.attention", kept, width, 1).squeeze(2);
    NDArray padding = mask.eq(0).toType(DataType.FLOAT32, false);
    NDArray shares = attention.add(padding.mul(masked)).softmax(1).expandDims(2);
    NDArray pooled = kept.mul(shares).sum(new int[] {1});
    return layers.linear("classifier.out", pooled, width, config.labels().size());
  }

  private NDArray gru(NDArray input) {
    return gru(input, List.of("forward", "backward"));
  }

  /** input: (batch, time, width) to (batch, time, directions · gruWidth). */
  private NDArray gru(NDArray input, List<String> directions) {
    int hidden = config.gruWidth();
    NDList parameters = new NDList();
    for (String direction : directions) {
      String name = "classifier.gru." + direction;
      Shape fromInput = new Shape(3L * hidden, config.width());
      Shape fromBefore = new Shape(3L * hidden, hidden);
      parameters.add(weights.get(name + ".weight_ih", fromInput, hidden));
      parameters.add(weights.get(name + ".weight_hh", fromBefore, hidden));
      parameters.add(weights.get(name + ".bias_ih", new Shape(3L * hidden), 0));
      parameters.add(weights.get(name + ".bias_hh", new Shape(3L * hidden), 0));
    }
    NDArray start =
        input.getManager().zeros(new Shape(directions.size(), input.getShape().get(0), hidden));
    return input
        .getNDArrayInternal()
        .gru(input, start, parameters, true, 1, 0, true, directions.size() == 2, true)
        .get(0);
  }
}
