package io.undertone.model.torch.llama;

import ai.djl.Device;
import io.undertone.model.torch.files.TensorFiles;
import java.util.Optional;

/** In which precision a decoder keeps its matrices. Norms are always float32. */
public enum WeightPrecision {

  /** 4 bytes a value. Only these weights can learn. */
  FLOAT32 {
    @Override
    Optional<HalfMatrix.Type> half(TensorFiles files, Device device) {
      return Optional.empty();
    }
  },

  /** 2 bytes a value, frozen. Adapters, norms and sums between layers stay float32. */
  BFLOAT16 {
    @Override
    Optional<HalfMatrix.Type> half(TensorFiles files, Device device) {
      return Optional.of(HalfMatrix.Type.BFLOAT16);
    }
  },

  /** The same with more significant bits and a smaller range, for GPUs. */
  FLOAT16 {
    @Override
    Optional<HalfMatrix.Type> half(TensorFiles files, Device device) {
      return Optional.of(HalfMatrix.Type.FLOAT16);
    }
  },

  /**
   * As the files store the embedding: bfloat16, or on a GPU float16; otherwise float32. None of it
   * rounds a weight.
   */
  AS_STORED {
    @Override
    Optional<HalfMatrix.Type> half(TensorFiles files, Device device) {
      if (files.isBfloat16(LlamaLayout.EMBEDDING)) {
        return Optional.of(HalfMatrix.Type.BFLOAT16);
      }
      boolean float16 = device.isGpu() && files.isFloat16(LlamaLayout.EMBEDDING);
      return float16 ? Optional.of(HalfMatrix.Type.FLOAT16) : Optional.empty();
    }
  };

  /** The type of matrices that are kept in half of float32's memory; empty if none are. */
  abstract Optional<HalfMatrix.Type> half(TensorFiles files, Device device);
}
