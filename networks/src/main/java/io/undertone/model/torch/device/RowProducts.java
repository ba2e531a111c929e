package io.undertone.model.torch.device;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;

/**
 * Products of rows with a weight, without gradients.
 *
 * <p>PyTorch multiplies matrices with MKL, which uses AVX-512 on Intel processors only, and
 * convolves with oneDNN, which uses it on all. A convolution with a kernel of size 1 is a product,
 * so on other processors many rows are computed as one. oneDNN first reorders the weight, which
 * pays off for many rows only.
 */
public final class RowProducts {
  private static final int FEWEST_ROWS = 256;
  private static final boolean MKL_IS_FAST = Processor.ofThisMachine().intel();

  private static final Shape ONE = new Shape(1, 1);
  private static final Shape NO_PADDING = new Shape(0, 0);

  /**
   * Has no effect on a kernel of size 1, but PyTorch gives dilated convolutions to oneDNN for any
   * number of images.
   */
  private static final Shape DILATION = new Shape(2, 2);

  private RowProducts() {}

  /**
   * As {@link Linear#linear(NDArray, NDArray)}, rounded differently.
   *
   * @param input (…, in)
   * @param weight (out, in)
   * @return (…, out)
   */
  public static NDArray of(NDArray input, NDArray weight) {
    long rows = input.getShape().size() / weight.getShape().get(1);
    if (MKL_IS_FAST || rows < FEWEST_ROWS || input.getDevice().isGpu()) {
      return Linear.linear(input, weight).singletonOrThrow();
    }
    return byConvolution(input, weight);
  }

  static NDArray byConvolution(NDArray input, NDArray weight) {
    Shape shape = input.getShape();
    long in = weight.getShape().get(1);
    long out = weight.getShape().get(0);
    // One image, one pixel wide, with a line for each row and a channel for each input.
    NDArray image = input.reshape(1, -1, 1, in).transpose(0, 3, 1, 2);
    NDArray kernel = weight.reshape(out, in, 1, 1);
    NDArray product =
        Conv2d.conv2d(image, kernel, null, ONE, NO_PADDING, DILATION).singletonOrThrow();
    Shape result = shape.slice(0, shape.dimension() - 1).add(out);
    return product.transpose(0, 2, 3, 1).reshape(result);
  }
}
