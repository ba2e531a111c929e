package io.undertone.model.torch.tokenizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The layers of the tokenizer's networks. Their weights are looked up by name. */
public class Layers {

  /** Provides the weights of layers: read from a file, or drawn at their first use. */
  @FunctionalInterface
  public interface WeightSource {

    /**
     * The weight of that name.
     *
     * @param fanIn number of inputs that a value of the output depends on; 0 for a bias
     */
    NDArray get(String name, Shape shape, int fanIn);
  }

  /** Weights from a file. An IllegalArgumentException names one that is missing or misshapen. */
  static WeightSource existing(Map<String, NDArray> weights) {
    return (name, shape, fanIn) -> {
      NDArray weight = weights.get(name);
      if (weight == null || !weight.getShape().equals(shape)) {
        throw new IllegalArgumentException(
            "weight "
                + name
                + " must have shape "
                + shape
                + ", but "
                + (weight == null ? "is missing" : "has " + weight.getShape()));
      }
      return weight;
    };
  }

  private final WeightSource weights;

  public Layers(WeightSource weights) {
    this.weights = weights;
  }

  /** x: (batch, in, time) to (batch, out, time) of the same length. */
  public NDArray conv(String name, NDArray x, int in, int out, int kernel, int dilation) {
    NDArray weight = weights.get(name + ".weight", new Shape(out, in, kernel), in * kernel);
    NDArray bias = weights.get(name + ".bias", new Shape(out), 0);
    return SpeechEncoder.conv1d(x, weight, bias, dilation * (kernel / 2), dilation);
  }

  /** x: (…, in) to (…, out). */
  public NDArray linear(String name, NDArray x, int in, int out) {
    NDArray weight = weights.get(name + ".weight", new Shape(out, in), in);
    NDArray bias = weights.get(name + ".bias", new Shape(out), 0);
    return x.matMul(weight.transpose()).add(bias);
  }

  /** x + conv(gelu(conv3(gelu(x)))). Values in the padding have no effect on others. */
  public NDArray residual(
      String name,
      NDArray x,
      NDArray mask,
      int width,
      int dilation,
      UnaryOperator<NDArray> dropout) {
    NDArray hidden = SpeechEncoder.gelu(x).mul(mask);
    hidden = conv(name + ".conv0", hidden, width, width, 3, dilation);
    hidden = dropout.apply(SpeechEncoder.gelu(hidden));
    return x.add(conv(name + ".conv1", hidden, width, width, 1, 1));
  }
}
