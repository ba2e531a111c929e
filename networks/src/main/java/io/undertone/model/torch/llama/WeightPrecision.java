package io.undertone.model.torch.llama;

import io.undertone.model.torch.files.TensorFiles;

/** In which precision a decoder keeps its matrices. Norms are always float32. */
public enum WeightPrecision {

  /** 4 bytes a value. Only these weights can learn. */
  FLOAT32 {
    @Override
    boolean isBfloat16(TensorFiles files) {
      return false;
    }
  },

  /** 2 bytes a value, frozen. Adapters, norms and sums between layers stay float32. */
  BFLOAT16 {
    @Override
    boolean isBfloat16(TensorFiles files) {
      return true;
    }
  },

  /** Bfloat16 if the files store the embedding so; otherwise float32. Neither rounds a weight. */
  AS_STORED {
    @Override
    boolean isBfloat16(TensorFiles files) {
      return files.isBfloat16(LlamaLayout.EMBEDDING);
    }
  };

  /** Whether the matrices of some files are kept in bfloat16. */
  abstract boolean isBfloat16(TensorFiles files);
}
