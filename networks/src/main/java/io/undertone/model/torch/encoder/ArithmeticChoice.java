package io.undertone.model.torch.encoder;

/** Which {@link Arithmetic} a user wants. It is resolved on the machine that computes. */
public enum ArithmeticChoice {
  /** The faster one on the machine. */
  AUTO {
    @Override
    public Arithmetic onThisMachine() {
      return Arithmetic.fastest();
    }
  },

  FLOAT32 {
    @Override
    public Arithmetic onThisMachine() {
      return Arithmetic.FLOAT32;
    }
  },

  BF16 {
    @Override
    public Arithmetic onThisMachine() {
      return Arithmetic.BFLOAT16;
    }
  };

  /** The arithmetic to use on this machine. */
  public abstract Arithmetic onThisMachine();
}
