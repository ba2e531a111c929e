package io.undertone.model.torch.encoder;

import io.undertone.model.torch.device.Processor;

/** Precision of the matrix products. Residual sums and norms are float32. */
public enum Arithmetic {
  FLOAT32 {
    @Override
    Linear linear(Affine map) {
      return new Float32Linear(map);
    }

    @Override
    EncoderLayer layer(LayerWeights weights) {
      return new Float32Layer(weights);
    }
  },

  /**
   * A significand of 8 bits instead of 24. Two to three times as fast as float32 on processors with
   * bfloat16 instructions, slower on others.
   */
  BFLOAT16 {
    @Override
    Linear linear(Affine map) {
      return new Bfloat16Linear(map);
    }

    @Override
    EncoderLayer layer(LayerWeights weights) {
      return new Bfloat16Layer(weights);
    }
  };

  /** The faster precision on this machine's processor. */
  public static Arithmetic fastest() {
    return Processor.ofThisMachine().bfloat16() ? BFLOAT16 : FLOAT32;
  }

  /** Takes ownership of the weights. */
  abstract Linear linear(Affine map);

  /** Takes ownership of the weights. */
  abstract EncoderLayer layer(LayerWeights weights);
}
