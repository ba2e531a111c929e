package io.undertone.model.torch.llama.learning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.undertone.model.torch.device.Backward;
import io.undertone.model.torch.llama.Adapter;
import io.undertone.model.torch.llama.Llama;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A forward and a backward pass that keeps the input of each block alone, and computes a block anew
 * before its gradients (activation checkpointing, Chen et al., arXiv 1604.06174). It takes the
 * memory of one block's intermediate values instead of all, for a second forward pass. Gradients
 * are those of {@link Llama#forward}. Runs on the device's owner thread.
 */
public final class RecomputingPass {
  private final Llama llama;
  private final Backward backward = new Backward();

  /**
   * @param llama without dropout, which would differ from pass to pass
   */
  public RecomputingPass(Llama llama) {
    this.llama = llama;
  }

  /**
   * The stream after the last block, without gradients.
   *
   * @param embedded (batch, time, width); the result belongs to its manager
   * @return (batch, time, width)
   */
  public NDArray forward(NDArray embedded, Adapter adapter) {
    return forward(embedded, adapter, input -> {});
  }

  /**
   * @param inputs gets the input of each block, from the first
   */
  private NDArray forward(NDArray embedded, Adapter adapter, Consumer<NDArray> inputs) {
    NDArray stream = embedded;
    for (int layer = 0; layer < llama.config().layers(); layer++) {
      inputs.accept(stream);
      stream = llama.forward(layer, stream, adapter);
    }
    return stream;
  }

  /**
   * A loss, and its gradient for the embedded sequences.
   *
   * @param loss scalar
   * @param ofEmbedded (batch, time, width)
   */
  public record Learned(NDArray loss, NDArray ofEmbedded) {}

  /**
   * Adds the gradients of a loss to those of the adapter, and of all else that requires them and
   * takes part in the loss.
   *
   * @param embedded (batch, time, width), computed without gradients; results belong to its manager
   * @param loss makes a scalar of the stream after the last block
   */
  public Learned learn(NDArray embedded, Adapter adapter, UnaryOperator<NDArray> loss) {
    List<NDArray> inputs = new ArrayList<>();
    NDArray last = forward(embedded, adapter, inputs::add);
    last.setRequiresGradient(true);
    NDArray value = backward.of(() -> loss.apply(last));
    NDArray gradient = gradientOf(last);
    for (int layer = inputs.size() - 1; layer >= 0; layer--) {
      int current = layer;
      NDArray input = inputs.get(layer);
      input.setRequiresGradient(true);
      try (NDArray ofOutput = gradient) {
        backward.through(() -> llama.forward(current, input, adapter), ofOutput);
      }
      gradient = gradientOf(input);
    }
    return new Learned(value, gradient);
  }

  /** Takes the gradient of an array, and closes the array. */
  private static NDArray gradientOf(NDArray array) {
    NDManager manager = array.getManager();
    NDArray gradient = array.getGradient();
    gradient.attach(manager);
    array.close();
    return gradient;
  }
}
