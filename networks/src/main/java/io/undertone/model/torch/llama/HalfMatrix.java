package io.undertone.model.torch.llama;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.torch.device.TorchScript;
import io.undertone.model.torch.files.TensorFiles;

/**
 * A frozen matrix in a {@link Type}, which takes half of float32's memory. Products round their
 * input to that type; results and gradients of the input are float32. A low-rank adapter beside it
 * stays float32.
 */
final class HalfMatrix implements Matrix {

  /** A number format of 2 bytes. */
  enum Type {

    /** 8 bits of significand, and float32's range. */
    BFLOAT16(15),

    /**
     * 11 bits of significand, and values up to 65,504: a larger one in an input of a product
     * becomes infinite. Processors multiply it slowly.
     */
    FLOAT16(5);

    private final int torchType;

    /**
     * @param torchType PyTorch's number of the type
     */
    Type(int torchType) {
      this.torchType = torchType;
    }
  }

  /** Tensors: the matrix and, if there is an adapter, its factors A and B. */
  private static final String METHODS =
      """
        def hold(self, tensor: Tensor) -> NoneType:
          _0 = torch.append(self.tensors, tensor)
          return None
        def fill(self, part: Tensor, begin: List[int]) -> NoneType:
          place = torch.narrow(torch.view(self.tensors[0], [-1]), 0, begin[0], torch.size(part, 0))
          _0 = torch.copy_(place, part)
          return None
        def rows(self, indices: Tensor) -> Tensor:
          return torch.to(torch.embedding(self.tensors[0], indices), 6)
        def forward(self, input: Tensor) -> Tensor:
          if torch.eq(torch.len(self.tensors), 0):
            _0 = torch.append(self.tensors, torch.new_empty(input, torch.size(input), dtype=%1$d))
            return input
          output = torch.to(torch.linear(torch.to(input, %1$d), self.tensors[0], None), 6)
          if torch.gt(torch.len(self.tensors), 1):
            reduced = torch.linear(input, self.tensors[1], None)
            output = torch.add(output, torch.linear(reduced, self.tensors[2], None))
          return output
      """;

  private final TorchScript script;

  private HalfMatrix(TorchScript script) {
    this.script = script;
  }

  /**
   * Reads a tensor of any precision, part by part.
   *
   * @param owner the matrix lives until it is closed
   */
  static HalfMatrix read(Type type, TensorFiles files, String name, Shape shape, NDManager owner) {
    String methods = METHODS.formatted(type.torchType);
    HalfMatrix matrix = new HalfMatrix(TorchScript.load(methods, owner));
    matrix.allocate(shape, owner);
    files.forEachPart(name, shape, owner, matrix::fill);
    return matrix;
  }

  /** A tensor that is made without gradients in mind could never pass any. */
  private void allocate(Shape shape, NDManager owner) {
    try (NDArray zero = owner.zeros(new Shape(1, 1));
        NDArray likeIt = zero.broadcast(shape);
        NDArray same = script.learning(likeIt)) {
      if (!same.getShape().equals(shape)) {
        throw new IllegalStateException("matrix must have shape " + shape);
      }
    }
  }

  private void fill(long begin, NDArray part) {
    script.keep("fill", part, begin);
  }

  /**
   * Adds {@code B · A} to the matrix. Call it once.
   *
   * @param loraA (rank, in)
   * @param loraB (out, rank), scaled
   */
  void adapt(NDArray loraA, NDArray loraB) {
    script.keep("hold", loraA);
    script.keep("hold", loraB);
  }

  @Override
  public NDArray learning(NDArray input) {
    return script.learning(input);
  }

  @Override
  public NDArray reading(NDArray input) {
    return script.forward(input);
  }

  @Override
  public NDArray rows(NDArray indices) {
    return script.compute("rows", indices);
  }
}
