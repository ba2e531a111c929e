package io.undertone.model.torch.encoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.torch.files.TensorFiles;

/** Builds the encoder's parts from the tensors of its files, which have Hugging Face's names. */
final class WhisperTensors {
  static final String PREFIX = "model.encoder.";
  static final String POSITIONS = PREFIX + "embed_positions.weight";

  private final TensorFiles files;
  private final WhisperConfig config;
  private final Products products;
  private final NDManager owner;

  /**
   * @param owner owns the weights
   */
  WhisperTensors(TensorFiles files, WhisperConfig config, Products products, NDManager owner) {
    this.files = files;
    this.config = config;
    this.products = products;
    this.owner = owner;
  }

  static String layer(int number) {
    return PREFIX + "layers." + number + ".";
  }

  Convolutions convolutions() {
    return new Convolutions(
        convolution(PREFIX + "conv1", config.melBands()),
        convolution(PREFIX + "conv2", config.width()),
        read(POSITIONS, owner, config.positions(), config.width()));
  }

  EncoderLayer encoderLayer(int number) {
    String layer = layer(number);
    int width = config.width();
    int hidden = config.feedForwardWidth();
    return new EncoderLayer(
        new LayerWeights(
            norm(layer + "self_attn_layer_norm"),
            projections(layer + "self_attn."),
            product(layer + "self_attn.out_proj", width, width),
            norm(layer + "final_layer_norm"),
            product(layer + "fc1", width, hidden),
            product(layer + "fc2", hidden, width),
            config.heads()),
        products);
  }

  private Affine norm(String name) {
    int width = config.width();
    return new Affine(read(name + ".weight", owner, width), read(name + ".bias", owner, width));
  }

  private Affine product(String name, int in, int out) {
    return new Affine(read(name + ".weight", owner, out, in), read(name + ".bias", owner, out));
  }

  /** A convolution as a linear map; its input has all channels of the first tap, then the next. */
  private LinearGelu convolution(String name, int in) {
    int out = config.width();
    int taps = Convolutions.TAPS;
    try (NDManager step = owner.newSubManager()) {
      NDArray weight = read(name + ".weight", step, out, in, taps);
      NDArray rows = weight.transpose(0, 2, 1).reshape(out, (long) taps * in);
      Affine product = new Affine(rows, read(name + ".bias", step, out));
      return new LinearGelu(product.attach(owner), products);
    }
  }

  /** One linear map for all three; queries are pre-scaled by 1 / √headWidth. */
  private Affine projections(String attention) {
    int width = config.width();
    double scale = 1 / Math.sqrt(config.headWidth());
    try (NDManager step = owner.newSubManager()) {
      NDList weights = new NDList();
      weights.add(read(attention + "q_proj.weight", step, width, width).mul(scale));
      weights.add(read(attention + "k_proj.weight", step, width, width));
      weights.add(read(attention + "v_proj.weight", step, width, width));
      NDList biases = new NDList();
      biases.add(read(attention + "q_proj.bias", step, width).mul(scale));
      biases.add(step.zeros(new Shape(width)));
      biases.add(read(attention + "v_proj.bias", step, width));
      return new Affine(NDArrays.concat(weights), NDArrays.concat(biases)).attach(owner);
    }
  }

  private NDArray read(String name, NDManager manager, long... shape) {
    return files.read(name, new Shape(shape), manager);
  }
}
