package io.undertone.model.torch.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.torch.tokenizer.EncoderConfig;
import io.undertone.model.torch.tokenizer.Layers;
import io.undertone.model.torch.tokenizer.StackedFeatures;
import java.util.function.UnaryOperator;

/**
 * What tells the encoder whether its tokens are good, and is thrown away after training: a decoder
 * that must make the features from the tokens, and a classifier that must hear the emotion in them.
 */
final class TokenizerHeads {

  private static final int GRU_WIDTH = 96;
  private static final int DECODER_BLOCKS = 3;

  private final Layers layers;
  private final TrainableWeights weights;
  private final EncoderConfig config;
  private final int labels;
  private final NDArray masked;

  /**
   * @param labels how many emotions the classifier tells apart
   */
  TokenizerHeads(TrainableWeights weights, NDManager manager, EncoderConfig config, int labels) {
    this.layers = new Layers(weights);
    this.weights = weights;
    this.config = config;
    this.labels = labels;
    this.masked = manager.create(new float[] {-1e4f}, new Shape(1)).duplicate();
  }

  /**
   * The features that the tokens are decoded to.
   *
   * @param quantized (batch, time, values)
   * @param mask (batch, 1, time)
   * @return (batch, features, time)
   */
  NDArray reconstruct(NDArray quantized, NDArray mask) {
    int width = config.width();
    NDArray values = quantized.transpose(0, 2, 1);
    NDArray hidden = layers.conv("decoder.in", values, config.levels().length, width, 3, 1);
    for (int block = 0; block < DECODER_BLOCKS; block++) {
      hidden =
          layers.residual(
              "decoder.block" + block, hidden, mask, width, 1, UnaryOperator.identity());
    }
    return layers.conv("decoder.out", hidden, width, StackedFeatures.WIDTH, 1, 1);
  }

  /**
   * A bidirectional GRU whose outputs are averaged by attention.
   *
   * @param quantized (batch, time, values)
   * @param mask (batch, time)
   * @return (batch, labels)
   */
  NDArray classify(NDArray quantized, NDArray mask, UnaryOperator<NDArray> dropout) {
    int width = config.width();
    NDArray embedded =
        layers
            .linear("classifier.in", quantized, config.levels().length, width)
            .getNDArrayInternal()
            .gelu();
    NDArray heard = dropout.apply(gru(embedded, width));
    NDArray attention = layers.linear("classifier.attention", heard, 2 * GRU_WIDTH, 1).squeeze(2);
    NDArray padding = mask.eq(0).toType(DataType.FLOAT32, false);
    NDArray shares = attention.add(padding.mul(masked)).softmax(1).expandDims(2);
    NDArray pooled = heard.mul(shares).sum(new int[] {1});
    return layers.linear("classifier.out", pooled, 2 * GRU_WIDTH, labels);
  }

  private NDArray gru(NDArray input, int width) {
    NDList parameters = new NDList();
    for (String direction : new String[] {"forward", "backward"}) {
      String name = "classifier.gru." + direction;
      parameters.add(weights.get(name + ".weight_ih", new Shape(3 * GRU_WIDTH, width), GRU_WIDTH));
      parameters.add(
          weights.get(name + ".weight_hh", new Shape(3 * GRU_WIDTH, GRU_WIDTH), GRU_WIDTH));
      parameters.add(weights.get(name + ".bias_ih", new Shape(3 * GRU_WIDTH), 0));
      parameters.add(weights.get(name + ".bias_hh", new Shape(3 * GRU_WIDTH), 0));
    }
    NDArray start = input.getManager().zeros(new Shape(2, input.getShape().get(0), GRU_WIDTH));
    return input
        .getNDArrayInternal()
        .gru(input, start, parameters, true, 1, 0, true, true, true)
        .get(0);
  }
}
