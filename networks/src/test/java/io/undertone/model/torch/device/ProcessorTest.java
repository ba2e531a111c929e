package io.undertone.model.torch.device;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessorTest {
  private static final String INTEL =
      """
      processor\t: 0
      vendor_id\t: GenuineIntel
      flags\t\t: fpu avx512f avx512_bf16 amx_bf16
      bugs\t\t:
      """;

  @Test
  void isKnownByVendorAndFlags() {
    assertThat(Processor.parse(INTEL)).isEqualTo(new Processor(true, true));
    assertThat(Processor.parse(INTEL.replace("GenuineIntel", "AuthenticAMD")))
        .isEqualTo(new Processor(false, true));
    assertThat(Processor.parse(INTEL.replace("avx512_bf16", "avx512_vnni")))
        .isEqualTo(new Processor(true, false));
    assertThat(Processor.parse("")).isEqualTo(new Processor(false, false));
  }

  @Test
  void otherLinesDoNotCount() {
    assertThat(Processor.parse("model name\t: GenuineIntel avx512_bf16\n"))
        .isEqualTo(new Processor(false, false));
  }
}
