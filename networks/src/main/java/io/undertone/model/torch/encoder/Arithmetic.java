package io.undertone.model.torch.encoder;

import io.undertone.model.torch.device.Processor;

/** The numbers that the encoder multiplies. It adds and normalises in float32. */
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
   * 8 bits of precision instead of 24. Two to three times as fast as float32 on processors with
   * instructions for it, slower on others.
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

  /** The faster one on this machine's processor. */
  public static Arithmetic fastest() {
    return Processor.ofThisMachine().bfloat16() ? BFLOAT16 : FLOAT32;
  }

  /** Takes over the weights. */
  abstract Linear linear(Affine map);

  /** Takes over the weights. */
  abstract EncoderLayer layer(LayerWeights weights);
}
