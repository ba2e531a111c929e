package io.undertone.model.torch.encoder;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.undertone.model.torch.device.Processor;
import io.undertone.model.torch.device.ProductLibrary;
import io.undertone.model.torch.device.TorchScript;

/**
 * Makes scripts whose matrix products have a given precision, with float32 accumulation.
 *
 * @param torchType PyTorch's number of the products' type
 * @param library multiplies
 */
record Products(int torchType, ProductLibrary library) {

  static final int FLOAT32 = 6;
  static final int BFLOAT16 = 15;

  static Products float32(Device device) {
    return new Products(FLOAT32, ProductLibrary.ofFloat32(device));
  }

  /** oneDNN refuses bfloat16 on processors without AVX-512, and knows no GPU of NVIDIA. */
  static Products bfloat16(Device device) {
    boolean oneDnn = !device.isGpu() && Processor.ofThisMachine().bfloat16();
    return new Products(BFLOAT16, oneDnn ? ProductLibrary.ONE_DNN : ProductLibrary.PYTORCH);
  }

  /**
   * A script with the methods of the library, and {@code rounded}, which gives a tensor the type of
   * the products.
   *
   * @param methods more methods, {@code forward} among them
   */
  TorchScript script(String methods, NDManager owner) {
    String keeping =
        """
          def rounded(self, tensor: Tensor) -> Tensor:
            return torch.to(tensor, %d)
          def keep_weight(self, weight: Tensor) -> NoneType:
            _0 = torch.append(self.tensors, self.packed(self.rounded(weight)))
            return None
          def keep_bias(self, bias: Tensor) -> NoneType:
            _0 = torch.append(self.tensors, torch.clone(self.rounded(bias)))
            return None
        """
            .formatted(torchType);
    return TorchScript.load(library.methods() + keeping + methods, owner);
  }

  /** Appends weight and bias to a script's tensors, and closes them. */
  static void keep(Affine product, TorchScript script) {
    try (product) {
      script.keep("keep_weight", product.weight());
      script.keep("keep_bias", product.bias());
    }
  }
}
