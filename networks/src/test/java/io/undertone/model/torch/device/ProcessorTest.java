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

  private static final String AMD = INTEL.replace("GenuineIntel", "AuthenticAMD");

  @Test
  void isKnownByVendorAndFlags() {
    assertThat(Processor.parse(INTEL)).isEqualTo(new Processor(true, true, true));
    assertThat(Processor.parse(AMD)).isEqualTo(new Processor(false, true, true));
    assertThat(Processor.parse(INTEL.replace("avx512_bf16", "avx512_vnni")))
        .isEqualTo(new Processor(true, false, true));
    assertThat(Processor.parse("")).isEqualTo(new Processor(false, false, false));
  }

  @Test
  void otherLinesDoNotCount() {
    assertThat(Processor.parse("model name\t: GenuineIntel avx512_bf16 amx_bf16\n"))
        .isEqualTo(new Processor(false, false, false));
  }

  @Test
  void intelsMultiplyBfloat16FasterWithTilesAlone() {
    assertThat(Processor.parse(INTEL).multipliesBfloat16Faster()).isTrue();
    assertThat(withoutTiles(INTEL).multipliesBfloat16Faster()).isFalse();
    assertThat(withoutTiles(AMD).multipliesBfloat16Faster()).isTrue();
    assertThat(Processor.parse("").multipliesBfloat16Faster()).isFalse();
  }

  private static Processor withoutTiles(String description) {
    return Processor.parse(description.replace(" amx_bf16", ""));
  }
}
