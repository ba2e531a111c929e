package io.undertone.model.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.undertone.model.MemoryFormatException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Channels of any bytes: read, or refused. CONTRIBUTING.md says how to fuzz. */
class ChannelStateFuzzTest {
  private static final int BEFORE_CHECKSUM = 4 + 2 + 1 + 4 * 4 + 8;

  /** Bytes with a right checksum, where they are long enough to have one. */
  @FuzzTest(maxDuration = "3m")
  void channel(byte[] bytes) {
    if (bytes.length >= BEFORE_CHECKSUM + Integer.BYTES) {
      CRC32C crc = new CRC32C();
      crc.update(bytes, 0, BEFORE_CHECKSUM);
      ByteBuffer.wrap(bytes).putInt(BEFORE_CHECKSUM, (int) crc.getValue());
    }
    try {
      ChannelState state = ChannelState.ofBytes(bytes);
      assertThat(ChannelState.ofBytes(state.toBytes()).lastEstimate())
          .isEqualTo(state.lastEstimate());
      assertThat(state.memory().updateStep()).isNotNegative();
    } catch (MemoryFormatException e) {
      assertThat(e).hasMessageMatching("(?s).+");
    }
  }
}
