package io.undertone.model.torch.device;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;

/** Which library multiplies rows with a frozen weight in a {@link TorchScript}. */
public enum ProductLibrary {

  /** PyTorch's own {@code linear}, which calls MKL for float32. */
  PYTORCH(
      """
        def packed(self, weight: Tensor) -> Tensor:
          return torch.clone(weight)
        def linear(self, rows: Tensor, weight: Tensor, bias: Optional[Tensor]) -> Tensor:
          return torch.linear(rows, weight, bias)
        def linear_gelu(self, rows: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
          return torch.gelu_(torch.linear(rows, weight, bias))
      """),

  /**
   * oneDNN, by the operations that PyTorch's compiler uses. The weight is rearranged once, when it
   * is packed: {@code linear} would rearrange it in each call.
   */
  ONE_DNN(
      """
        def packed(self, weight: Tensor) -> Tensor:
          return ops.mkldnn._reorder_linear_weight(weight, %d)
        def linear(self, rows: Tensor, weight: Tensor, bias: Optional[Tensor]) -> Tensor:
          none = annotate(List[Optional[number]], [])
          return ops.mkldnn._linear_pointwise(rows, weight, bias, "none", none, "none")
        def linear_gelu(self, rows: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
          none = annotate(List[Optional[number]], [])
          return ops.mkldnn._linear_pointwise(rows, weight, bias, "gelu", none, "none")
      """
          .formatted(ProductLibrary.ROWS));

  /** The rows that oneDNN arranges a weight for: 24 s in the encoder of a speech recognizer. */
  private static final int ROWS = 1200;

  private static final String KEEP_WEIGHT =
      """
        def keep_weight(self, weight: Tensor) -> NoneType:
          _0 = torch.append(self.tensors, self.packed(weight))
          return None
      """;

  private final String methods;

  ProductLibrary(String methods) {
    this.methods = methods;
  }

  /** The faster one for float32 on a device. MKL is fast on Intel's processors only. */
  public static ProductLibrary ofFloat32(Device device) {
    boolean pytorch = device.isGpu() || Processor.ofThisMachine().intel();
    return pytorch ? PYTORCH : ONE_DNN;
  }

  /** Methods {@code packed}, {@code linear} and {@code linear_gelu} of a script. */
  public String methods() {
    return methods;
  }

  /**
   * A script with these methods and {@code keep_weight}, which appends a packed weight to the
   * script's tensors.
   *
   * @param more methods, {@code forward} among them
   */
  public TorchScript script(String more, NDManager owner) {
    return TorchScript.load(methods + KEEP_WEIGHT + more, owner);
  }
}
