package io.undertone.model.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.model.EmotionEstimate;
import io.undertone.model.MemoryCodec;
import io.undertone.model.MemoryEncoding;
import io.undertone.model.MemoryFormatException;
import io.undertone.model.MemorySnapshot;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelStateTest {
  private static final MemorySnapshot MEMORY =
      new MemorySnapshot("1", 3, 3, new int[] {5, 6}, List.of());
  private static final LastEstimate LAST =
      new LastEstimate(new EmotionEstimate(new float[] {0.125f, 0.25f, 0.5f, 0.125f}), 1_234);
  private static final ChannelState STATE =
      ChannelState.of(Optional.of(LAST), MEMORY, MemoryEncoding.EXACT);

  @Test
  void theBytesOfVersion1StayReadable() {
    byte[] memory = MemoryCodec.encode(MEMORY, MemoryEncoding.EXACT);
    String header =
        "55544353"
            + "0001"
            + "04"
            + "3e0000003e8000003f0000003e000000"
            + "00000000000004d2"
            + "b4b33ee6";
    byte[] bytes = STATE.toBytes();

    assertThat(HexFormat.of().formatHex(bytes, 0, 35)).isEqualTo(header);
    assertThat(Arrays.copyOfRange(bytes, 35, bytes.length)).isEqualTo(memory);
  }

  @Test
  void readsBackWhatItWrote() {
    ChannelState read = ChannelState.ofBytes(STATE.toBytes());

    assertThat(read.lastEstimate()).contains(LAST);
    assertThat(MemoryCodec.encode(read.memory(), MemoryEncoding.EXACT))
        .isEqualTo(MemoryCodec.encode(MEMORY, MemoryEncoding.EXACT));
  }

  @Test
  void aChannelMayHaveNoEstimate() {
    ChannelState none = ChannelState.of(Optional.empty(), MEMORY, MemoryEncoding.EXACT);

    ChannelState read = ChannelState.ofBytes(none.toBytes());

    assertThat(read.lastEstimate()).isEmpty();
    assertThat(read.memory().updateStep()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5, 6, 7, 23, 30, 34})
  void refusesADamagedHeader(int at) {
    byte[] bytes = STATE.toBytes();
    bytes[at] ^= 1;

    assertThatThrownBy(() -> ChannelState.ofBytes(bytes)).isInstanceOf(MemoryFormatException.class);
  }

  @Test
  void readsTheEstimateOfAChannelWhoseMemoryIsDamaged() {
    byte[] bytes = STATE.toBytes();
    bytes[40] ^= 1;
    ChannelState read = ChannelState.ofBytes(bytes);

    assertThat(read.lastEstimate()).contains(LAST);
    assertThatThrownBy(read::memory).isInstanceOf(MemoryFormatException.class);
  }

  @Test
  void namesWhatIsWrong() {
    byte[] newer = STATE.toBytes();
    newer[5] = 2;

    assertThatThrownBy(() -> ChannelState.ofBytes(newer))
        .hasMessage("channel state version must be 1, but is 2");
    assertThatThrownBy(() -> ChannelState.ofBytes(new byte[4]))
        .hasMessage("channel state must have at least 19 bytes, but has 4");
    assertThatThrownBy(() -> ChannelState.ofBytes(Arrays.copyOf(STATE.toBytes(), 20)))
        .hasMessage("channel state must have at least 35 bytes, but has 20");
    assertThatThrownBy(() -> ChannelState.ofBytes(MemoryCodec.encode(MEMORY, MemoryEncoding.EXACT)))
        .hasMessage("channel state must begin with magic 55544353, but begins with 55544d4d");
  }
}
