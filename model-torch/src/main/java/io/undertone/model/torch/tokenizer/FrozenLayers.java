package io.undertone.model.torch.tokenizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import io.undertone.model.torch.device.ProductLibrary;
import io.undertone.model.torch.device.TorchScript;
import java.util.HashMap;
import java.util.Map;

/**
 * Layers without gradients. A convolution is one script that computes a product of rows: a row
 * holds the inputs of a kernel at one time, all channels of its first tap, then of the next. Fast
 * if the channels of a time are contiguous in memory.
 */
final class FrozenLayers extends Layers {

  /** From (batch, time, in) to (batch, time, out), with zeros before the beginning and the end. */
  private static final String CONVOLUTION =
      """
        def taps(self, rows: Tensor) -> Tensor:
          time = torch.size(rows, 1)
          margin = torch.mul(%2$d, torch.floordiv(%1$d, 2))
          padded = torch.constant_pad_nd(rows, [0, 0, margin, margin])
          taps = annotate(List[Tensor], [])
          for tap in range(%1$d):
            _0 = torch.append(taps, torch.narrow(padded, 1, torch.mul(tap, %2$d), time))
          return torch.cat(taps, 2)
        def forward(self, rows: Tensor) -> Tensor:
          weight, bias = self.tensors
          return self.linear(self.taps(rows), weight, bias)
      """;

  private final WeightSource weights;
  private final Map<String, TorchScript> convolutions = new HashMap<>();

  FrozenLayers(WeightSource weights) {
    super(weights);
    this.weights = weights;
  }

  @Override
  public NDArray conv(String name, NDArray x, int in, int out, int kernel, int dilation) {
    TorchScript convolution =
        convolutions.computeIfAbsent(name, absent -> script(name, in, out, kernel, dilation));
    return convolution.forward(x.transpose(0, 2, 1)).transpose(0, 2, 1);
  }

  /** All arrays that it creates belong to the manager of x. */
  @Override
  public NDArray linear(String name, NDArray x, int in, int out) {
    NDArray weight = weights.get(name + ".weight", new Shape(out, in), in);
    NDArray bias = weights.get(name + ".bias", new Shape(out), 0);
    return Linear.linear(x, weight, bias).singletonOrThrow();
  }

  private TorchScript script(String name, int in, int out, int kernel, int dilation) {
    NDArray weight = weights.get(name + ".weight", new Shape(out, in, kernel), in * kernel);
    NDArray bias = weights.get(name + ".bias", new Shape(out), 0);
    NDManager owner = weight.getManager();
    TorchScript script =
        ProductLibrary.ofFloat32(owner.getDevice())
            .script(CONVOLUTION.formatted(kernel, dilation), owner);
    try (NDArray tapByTap = weight.transpose(0, 2, 1);
        NDArray rows = tapByTap.reshape(out, (long) kernel * in)) {
      script.keep("keep_weight", rows);
    }
    script.keep(bias);
    return script;
  }
}
