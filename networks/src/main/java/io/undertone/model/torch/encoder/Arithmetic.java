package io.undertone.model.torch.encoder;

import ai.djl.Device;
import io.undertone.model.torch.device.Processor;

/** Precision of the encoder's matrix products. Residual sums and norms are float32. */
public enum Arithmetic {
  FLOAT32 {
    @Override
    Products products(Device device) {
      return Products.float32(device);
    }
  },

  /**
   * A significand of 8 bits instead of 24. Two to three times as fast as float32 on processors of
   * AMD with AVX-512 BF16 and of Intel with AMX, slower on others.
   */
  BFLOAT16 {
    @Override
    Products products(Device device) {
      return Products.bfloat16(device);
    }
  };

  /** The faster precision on this machine's processor; float32 on a GPU, which nobody measured. */
  public static Arithmetic fastest(Device device) {
    boolean bfloat16 = !device.isGpu() && Processor.ofThisMachine().multipliesBfloat16Faster();
    return bfloat16 ? BFLOAT16 : FLOAT32;
  }

  /** The way in which a device of this machine computes products of this precision. */
  abstract Products products(Device device);
}
