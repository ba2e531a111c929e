package io.undertone.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.model.MemorySnapshot.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryCodecTest {
  private static final MemorySnapshot SNAPSHOT =
      new MemorySnapshot(
          "0123456789abcdef",
          42,
          new int[] {101, 7, 96},
          List.of(
              new Tensor(
                  "base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight",
                  new int[] {2, 3},
                  new float[] {0, -1.5f, Float.MIN_VALUE, 1e30f, -0.0f, (float) Math.PI}),
              new Tensor("step", new int[0], new float[] {42})));

  @Test
  void readsWhatItWrote() {
    assertThat(MemoryCodec.decode(MemoryCodec.encode(SNAPSHOT)))
        .usingRecursiveComparison()
        .isEqualTo(SNAPSHOT);
  }

  @Test
  void readsVersion1AsItWasWritten() throws IOException {
    assertThat(MemoryCodec.decode(fixture())).usingRecursiveComparison().isEqualTo(SNAPSHOT);
  }

  @Test
  void writesVersion1AsItWasWritten() throws IOException {
    assertThat(MemoryCodec.encode(SNAPSHOT)).isEqualTo(fixture());
  }

  @Test
  void namesAnUnknownVersion() {
    byte[] bytes = MemoryCodec.encode(SNAPSHOT);
    bytes[5] = 9;

    assertThatThrownBy(() -> MemoryCodec.decode(bytes))
        .isInstanceOf(MemoryFormatException.class)
        .hasMessage("memory format version must be 1, but is 9");
  }

  @Test
  void namesABadMagic() {
    byte[] bytes = MemoryCodec.encode(SNAPSHOT);
    bytes[0] = 'X';

    assertThatThrownBy(() -> MemoryCodec.decode(bytes))
        .isInstanceOf(MemoryFormatException.class)
        .hasMessageContaining("magic 55544d4d, but begins with 58544d4d");
  }

  @ParameterizedTest
  @ValueSource(ints = {12, 30, 60, 100, 140})
  void aFlippedBitIsFound(int position) {
    byte[] bytes = MemoryCodec.encode(SNAPSHOT);
    bytes[position] ^= 4;

    assertThatThrownBy(() -> MemoryCodec.decode(bytes))
        .isInstanceOf(MemoryFormatException.class)
        .hasMessageContaining("checksum");
  }

  @Test
  void everyTruncationIsRefused() {
    byte[] bytes = MemoryCodec.encode(SNAPSHOT);
    for (int length = 0; length < bytes.length; length++) {
      byte[] truncated = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> MemoryCodec.decode(truncated))
          .isInstanceOf(MemoryFormatException.class)
          .hasMessageContaining("bytes");
    }
  }

  @Test
  void namesAnUnknownPayloadEncoding() {
    MemorySnapshot one =
        new MemorySnapshot("f", 0, new int[0], List.of(new Tensor("t", new int[0], new float[1])));
    byte[] bytes = MemoryCodec.encode(one);
    bytes[bytes.length - 9] = 7;

    assertThatThrownBy(() -> MemoryCodec.decode(withChecksum(bytes)))
        .isInstanceOf(MemoryFormatException.class)
        .hasMessage("payload encoding of tensor t must be 0, but is 7");
  }

  @Test
  void aCountBeyondTheBytesIsRefused() {
    byte[] bytes = MemoryCodec.encode(new MemorySnapshot("f", 0, new int[0], List.of()));
    ByteBuffer.wrap(bytes).putInt(17, Integer.MAX_VALUE);

    assertThatThrownBy(() -> MemoryCodec.decode(withChecksum(bytes)))
        .isInstanceOf(MemoryFormatException.class)
        .hasMessageContaining("more bytes at position 21");
  }

  @Test
  void whatFollowsTheLastTensorIsRefused() {
    byte[] bytes = MemoryCodec.encode(new MemorySnapshot("f", 0, new int[0], List.of()));
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 3);
    ByteBuffer.wrap(longer).putInt(6, longer.length);

    assertThatThrownBy(() -> MemoryCodec.decode(withChecksum(longer)))
        .isInstanceOf(MemoryFormatException.class)
        .hasMessage("memory must end with its last tensor, but 3 bytes follow");
  }

  private static byte[] withChecksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, bytes.length - 4);
    ByteBuffer.wrap(bytes).putInt(bytes.length - 4, (int) crc.getValue());
    return bytes;
  }

  private static byte[] fixture() throws IOException {
    try (InputStream in = MemoryCodecTest.class.getResourceAsStream("memory-v1.bin")) {
      return Objects.requireNonNull(in, "memory-v1.bin").readAllBytes();
    }
  }
}
