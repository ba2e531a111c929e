package io.undertone.model.torch.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ArithmeticTest {

  @Test
  void bfloat16NeedsAProcessorWithInstructionsForIt() {
    String processor = "processor\t: 0\nmodel name\t: avx512_bf16\nflags\t\t: fpu avx512f";

    assertThat(Arithmetic.fastest(processor)).isEqualTo(Arithmetic.FLOAT32);
    assertThat(Arithmetic.fastest(processor + " avx512_bf16 amx_bf16\nbugs\t:\n"))
        .isEqualTo(Arithmetic.BFLOAT16);
    assertThat(Arithmetic.fastest("")).isEqualTo(Arithmetic.FLOAT32);
  }
}
