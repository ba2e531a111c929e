package io.undertone.operators.segment;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;

/** Channels of any bytes: read, or refused. CONTRIBUTING.md says how to fuzz. */
class ChannelAudioFuzzTest {

  @FuzzTest(maxDuration = "3m")
  void channel(byte[] bytes) {
    try {
      byte[] written = ChannelAudioFormat.write(ChannelAudioFormat.read(bytes));
      assertThat(ChannelAudioFormat.write(ChannelAudioFormat.read(written))).isEqualTo(written);
    } catch (IOException e) {
      assertThat(e).isNotNull();
    }
  }
}
