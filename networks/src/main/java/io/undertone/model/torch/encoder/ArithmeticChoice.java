package io.undertone.model.torch.encoder;

import ai.djl.Device;

/** Which {@link Arithmetic} a user wants. It is resolved on the machine that computes. */
public enum ArithmeticChoice {
  /** The faster one on the device. */
  AUTO {
    @Override
    public Arithmetic on(Device device) {
      return Arithmetic.fastest(device);
    }
  },

  FLOAT32 {
    @Override
    public Arithmetic on(Device device) {
      return Arithmetic.FLOAT32;
    }
  },

  BF16 {
    @Override
    public Arithmetic on(Device device) {
      return Arithmetic.BFLOAT16;
    }
  };

  /** The arithmetic to use on a device of this machine. */
  public abstract Arithmetic on(Device device);
}
