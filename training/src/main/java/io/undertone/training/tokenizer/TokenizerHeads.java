package io.undertone.training.tokenizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.undertone.model.torch.tokenizer.ClassifierConfig;
import io.undertone.model.torch.tokenizer.ClassifierNetwork;
import io.undertone.model.torch.tokenizer.EncoderConfig;
import io.undertone.model.torch.tokenizer.Layers;
import io.undertone.training.optimization.TrainableWeights;
import java.util.function.UnaryOperator;

/**
 * The training heads on the quantized values: a decoder that reconstructs the features, which is
 * discarded after training, and the token classifier, which the model keeps.
 */
final class TokenizerHeads {

  private static final int DECODER_BLOCKS = 3;

  private final Layers layers;
  private final EncoderConfig config;
  private final ClassifierNetwork classifier;

  TokenizerHeads(
      TrainableWeights weights,
      NDManager manager,
      EncoderConfig config,
      ClassifierConfig classifier) {
    this.layers = new Layers(weights);
    this.config = config;
    this.classifier = new ClassifierNetwork(weights, classifier, manager);
  }

  /**
   * Reconstructs the features.
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
    return layers.conv("decoder.out", hidden, width, config.inputWidth(), 1, 1);
  }

  /**
   * The classifier's logits.
   *
   * @param quantized (batch, time, values)
   * @param mask (batch, time)
   * @return (batch, labels)
   */
  NDArray classify(NDArray quantized, NDArray mask, UnaryOperator<NDArray> dropout) {
    return classifier.logits(quantized, mask, dropout);
  }
}
