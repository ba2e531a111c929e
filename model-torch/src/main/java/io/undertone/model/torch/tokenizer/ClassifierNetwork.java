package io.undertone.model.torch.tokenizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Hears the emotion in the quantized values of an utterance's tokens: a bidirectional GRU whose
 * outputs are averaged by attention.
 */
public final class ClassifierNetwork {

  private final Layers.WeightSource weights;
  private final Layers layers;
  private final ClassifierConfig config;
  private final NDArray masked;

  /**
   * Uses, and where they are new creates, the weights named {@code classifier.*}.
   *
   * @param manager owns a constant
   */
  public ClassifierNetwork(
      Layers.WeightSource weights, ClassifierConfig config, NDManager manager) {
    this.weights = weights;
    this.layers = new Layers(weights);
    this.config = config;
    this.masked = manager.create(new float[] {-1e4f}, new Shape(1)).duplicate();
  }

  /**
   * The logits of the labels.
   *
   * @param quantized (batch, time, values)
   * @param mask (batch, time), 1 for tokens and 0 for padding
   * @param dropout the identity outside training
   * @return (batch, labels)
   */
  public NDArray logits(NDArray quantized, NDArray mask, UnaryOperator<NDArray> dropout) {
    int heardWidth = 2 * config.gruWidth();
    NDArray embedded =
        SpeechEncoder.gelu(
            layers.linear("classifier.in", quantized, config.levels().length, config.width()));
    NDArray heard = dropout.apply(gru(embedded));
    NDArray attention = layers.linear("classifier.attention", heard, heardWidth, 1).squeeze(2);
    NDArray padding = mask.eq(0).toType(DataType.FLOAT32, false);
    NDArray shares = attention.add(padding.mul(masked)).softmax(1).expandDims(2);
    NDArray pooled = heard.mul(shares).sum(new int[] {1});
    return layers.linear("classifier.out", pooled, heardWidth, config.labels().size());
  }

  /** input: (batch, time, width) to (batch, time, 2 · gruWidth). */
  private NDArray gru(NDArray input) {
    int hidden = config.gruWidth();
    NDList parameters = new NDList();
    for (String direction : List.of("forward", "backward")) {
      String name = "classifier.gru." + direction;
      Shape fromInput = new Shape(3L * hidden, config.width());
      Shape fromBefore = new Shape(3L * hidden, hidden);
      parameters.add(weights.get(name + ".weight_ih", fromInput, hidden));
      parameters.add(weights.get(name + ".weight_hh", fromBefore, hidden));
      parameters.add(weights.get(name + ".bias_ih", new Shape(3L * hidden), 0));
      parameters.add(weights.get(name + ".bias_hh", new Shape(3L * hidden), 0));
    }
    NDArray start = input.getManager().zeros(new Shape(2, input.getShape().get(0), hidden));
    return input
        .getNDArrayInternal()
        .gru(input, start, parameters, true, 1, 0, true, true, true)
        .get(0);
  }
}
