package io.undertone.audio.segment;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** State of any bytes: read, or refused. CONTRIBUTING.md says how to fuzz. */
class SegmenterStateFuzzTest {

  @FuzzTest(maxDuration = "3m")
  void state(byte[] bytes) {
    try {
      byte[] written = SegmenterState.fromBytes(bytes).toBytes();
      assertThat(SegmenterState.fromBytes(written).toBytes()).isEqualTo(written);
    } catch (SegmenterStateFormatException e) {
      assertThat(e).hasMessageMatching("(?s).+");
    }
  }
}
