package io.undertone.model.torch.encoder;

import io.undertone.model.torch.device.Processor;

/** Precision of the encoder's matrix products. Residual sums and norms are float32. */
public enum Arithmetic {
  FLOAT32 {
    @Override
    Products products() {
      return Products.float32();
    }
  },

  /**
   * A significand of 8 bits instead of 24. Two to three times as fast as float32 on processors with
   * bfloat16 instructions, slower on others.
   */
  BFLOAT16 {
    @Override
    Products products() {
      return Products.bfloat16();
    }
  };

  /** The faster precision on this machine's processor. */
  public static Arithmetic fastest() {
    return Processor.ofThisMachine().bfloat16() ? BFLOAT16 : FLOAT32;
  }

  /** The way in which this machine computes products of this precision. */
  abstract Products products();
}
