package io.undertone.model.torch.tokenizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv1d;
import java.util.function.UnaryOperator;

/**
 * Maps features to the few values that are quantized: a convolution and residual blocks of growing
 * dilation. After half of the blocks, the mean of the whole utterance is added, so that a token can
 * encode how it differs from the rest.
 */
public final class SpeechEncoder {

  private final Layers layers;
  private final EncoderConfig config;

  /** Takes the weights named {@code encoder.*} from the layers' source. */
  public SpeechEncoder(Layers layers, EncoderConfig config) {
    this.layers = layers;
    this.config = config;
  }

  /**
   * The values of each token, before they are quantized.
   *
   * @param features (batch, inputWidth, time), 0 in the padding
   * @param mask (batch, 1, time), 1 for rows of an utterance and 0 for padding
   * @param dropout applied within the residual blocks; the identity outside training
   * @return (batch, time, values)
   */
  public NDArray encode(NDArray features, NDArray mask, UnaryOperator<NDArray> dropout) {
    int width = config.width();
    NDArray hidden = layers.conv("encoder.in", features, config.inputWidth(), width, 3, 1);
    for (int block = 0; block < config.dilations().length; block++) {
      hidden =
          layers.residual(
              "encoder.block" + block, hidden, mask, width, config.dilations()[block], dropout);
      if (block == config.dilations().length / 2) {
        hidden = hidden.add(utteranceContext(hidden, mask));
      }
    }
    int values = config.levels().length;
    return layers.conv("encoder.out", hidden, width, values, 1, 1).transpose(0, 2, 1);
  }

  /** Number of weights of the convolutions over time. Each is used once per token. */
  public static long weightsPerToken(EncoderConfig config) {
    long width = config.width();
    long in = 3 * config.inputWidth() * width;
    long blocks = config.dilations().length * (3 * width * width + width * width);
    return in + blocks + width * config.levels().length;
  }

  /** hidden: (batch, width, time) to (batch, width, 1). */
  private NDArray utteranceContext(NDArray hidden, NDArray mask) {
    int width = config.width();
    NDArray masked = hidden.mul(mask);
    NDArray count = mask.sum(new int[] {2}, true);
    NDArray mean = masked.sum(new int[] {2}, true).div(count);
    NDArray squares = masked.mul(masked).sum(new int[] {2}, true).div(count);
    NDArray context = mean.concat(squares, 1);
    NDArray bottleneck = layers.conv("encoder.context0", context, 2 * width, width / 2, 1, 1);
    return layers.conv("encoder.context1", gelu(bottleneck), width / 2, width, 1, 1);
  }

  static NDArray gelu(NDArray x) {
    return x.getNDArrayInternal().gelu();
  }

  static NDArray conv1d(NDArray x, NDArray weight, NDArray bias, int padding, int dilation) {
    NDList out =
        Conv1d.conv1d(x, weight, bias, new Shape(1), new Shape(padding), new Shape(dilation));
    return out.singletonOrThrow();
  }
}
