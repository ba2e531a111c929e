package io.undertone.model.torch.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ArithmeticChoiceTest {

  @Test
  void autoIsTheFastestOnThisMachine() {
    assertThat(ArithmeticChoice.AUTO.onThisMachine()).isEqualTo(Arithmetic.fastest());
  }

  @Test
  void anExplicitChoiceIsKeptOnEveryMachine() {
    assertThat(ArithmeticChoice.FLOAT32.onThisMachine()).isEqualTo(Arithmetic.FLOAT32);
    assertThat(ArithmeticChoice.BF16.onThisMachine()).isEqualTo(Arithmetic.BFLOAT16);
  }
}
