package io.undertone.model.torch.tokenizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.torch.device.BidirectionalGru;
import io.undertone.model.torch.device.BidirectionalGru.Direction;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Classifies the quantized values of an utterance's tokens: a bidirectional GRU whose outputs are
 * averaged by attention.
 */
public final class ClassifierNetwork {

  private final Layers.WeightSource weights;
  private final Layers layers;
  private final ClassifierConfig config;
  private final NDArray masked;
  private @Nullable BidirectionalGru gru;

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
   * The logits of the labels, without gradients. They do not depend on the padding.
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
    NDArray embedded = embedded(quantized);
    NDArray outputs = gru().of(embedded, step.create(backwards, places));
    return attended(outputs, step.create(mask, places), UnaryOperator.identity());
  }

  /** Made at the first use, with the weights of that time. */
  private BidirectionalGru gru() {
    if (gru == null) {
      gru = new BidirectionalGru(direction("forward"), direction("backward"), masked.getManager());
    }
    return gru;
  }

  private NDArray embedded(NDArray quantized) {
    return SpeechEncoder.gelu(
        layers.linear("classifier.in", quantized, config.levels().length, config.width()));
  }

  private NDArray attended(NDArray outputs, NDArray mask, UnaryOperator<NDArray> dropout) {
    int width = 2 * config.gruWidth();
    NDArray dropped = dropout.apply(outputs);
    NDArray attention = layers.linear("classifier.attention", dropped, width, 1).squeeze(2);
    NDArray padding = mask.eq(0).toType(DataType.FLOAT32, false);
    NDArray shares = attention.add(padding.mul(masked)).softmax(1).expandDims(2);
    NDArray pooled = dropped.mul(shares).sum(new int[] {1});
    return layers.linear("classifier.out", pooled, width, config.labels().size());
  }

  /** input: (batch, time, width) to (batch, time, 2 · gruWidth). */
  private NDArray gru(NDArray input) {
    NDList parameters = new NDList();
    for (String name : List.of("forward", "backward")) {
      Direction direction = direction(name);
      parameters.add(direction.fromInput());
      parameters.add(direction.fromState());
      parameters.add(direction.inputBias());
      parameters.add(direction.stateBias());
    }
    NDArray start =
        input.getManager().zeros(new Shape(2, input.getShape().get(0), config.gruWidth()));
    return input
        .getNDArrayInternal()
        .gru(input, start, parameters, true, 1, 0, true, true, true)
        .get(0);
  }

  private Direction direction(String direction) {
    String name = "classifier.gru." + direction;
    int hidden = config.gruWidth();
    return new Direction(
        weights.get(name + ".weight_ih", new Shape(3L * hidden, config.width()), hidden),
        weights.get(name + ".weight_hh", new Shape(3L * hidden, hidden), hidden),
        weights.get(name + ".bias_ih", new Shape(3L * hidden), 0),
        weights.get(name + ".bias_hh", new Shape(3L * hidden), 0));
  }
}
