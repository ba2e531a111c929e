package io.undertone.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.model.MemoryEncoding.OptimizerState;
import io.undertone.model.MemoryEncoding.Weights;
import io.undertone.model.MemorySnapshot.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
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
          42,
          new int[] {101, 7, 96},
          List.of(
              new Tensor(
                  "base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight",
                  new int[] {2, 3},
                  new float[] {0, -1.5f, Float.MIN_VALUE, 1e30f, -0.0f, (float) Math.PI}),
              new Tensor("step", new int[0], new float[] {42})));

  private static final MemorySnapshot EMPTY = new MemorySnapshot("f", 0, 0, new int[0], List.of());

  private static final String MATRIX =
      "base_model.model.model.layers.0.self_attn.v_proj.lora_B.weight";

  /** The content of memory-v2.bin. */
  private static final MemorySnapshot SMALL =
      new MemorySnapshot(
          "0123456789abcdef",
          42,
          40,
          new int[] {101, 7, 96},
          List.of(
              matrix("", 0, -1.5f, 42 * 1.5f / 127, 0, 0, 0),
              matrix(Tensor.FIRST_MOMENT, 0.25f, -64 * 0.25f / 127, 0, 1, -127, 2),
              matrix(Tensor.SECOND_MOMENT, 1, 2, 3, 2, 4, 6)));

  private static Tensor matrix(String suffix, float... values) {
    return new Tensor(MATRIX + suffix, new int[] {2, 3}, values);
  }

  @Test
  void readsWhatItWrote() {
    assertThat(MemoryCodec.decode(MemoryCodec.encode(SNAPSHOT, MemoryEncoding.EXACT)))
        .usingRecursiveComparison()
        .isEqualTo(SNAPSHOT);
  }

  @Test
  void readsTheVersion1Fixture() throws IOException {
    assertThat(MemoryCodec.decode(fixture("memory-v1.bin")))
        .usingRecursiveComparison()
        .isEqualTo(SNAPSHOT);
  }

  @Test
  void readsTheVersion2Fixture() throws IOException {
    assertThat(MemoryCodec.decode(fixture("memory-v2.bin")))
        .usingRecursiveComparison()
        .withComparatorForType(MemoryCodecTest::toTheLastDigits, Float.class)
        .isEqualTo(SMALL);
  }

  private static int toTheLastDigits(float one, float other) {
    return Math.abs(one - other) <= 1e-6f * Math.abs(one) ? 0 : Float.compare(one, other);
  }

  @Test
  void writesTheVersion2Fixture() throws IOException {
    MemoryEncoding encoding = new MemoryEncoding(Weights.INT8, OptimizerState.FACTORED);

    assertThat(MemoryCodec.encode(SMALL, encoding)).isEqualTo(fixture("memory-v2.bin"));
  }

  @Test
  void aDroppedOptimizerStartsAtStep0() {
    MemoryEncoding encoding = new MemoryEncoding(Weights.BF16, OptimizerState.DROPPED);

    MemorySnapshot read = MemoryCodec.decode(MemoryCodec.encode(SMALL, encoding));

    assertThat(read.updateStep()).isEqualTo(42);
    assertThat(read.optimizerStep()).isZero();
    assertThat(read.tensors().get(0).values()).contains(-1.5f);
    assertThat(read.tensors().get(1).values()).containsOnly(0);
    assertThat(read.tensors().get(2).values()).containsOnly(0);
  }

  @Test
  void int8WeightsWithFactorsTakeAThirdOfTheBytes() {
    List<Tensor> tensors = new ArrayList<>();
    for (String suffix : List.of("", Tensor.FIRST_MOMENT, Tensor.SECOND_MOMENT)) {
      tensors.add(new Tensor("lora_A" + suffix, new int[] {8, 192}, new float[8 * 192]));
      tensors.add(new Tensor("lora_B" + suffix, new int[] {192, 8}, new float[192 * 8]));
    }
    MemorySnapshot memory = new MemorySnapshot("f", 1, 1, new int[256], tensors);

    MemoryEncoding small = new MemoryEncoding(Weights.INT8, OptimizerState.FACTORED);
    assertThat(3 * MemoryCodec.encode(memory, small).length)
        .isLessThanOrEqualTo(MemoryCodec.encode(memory, MemoryEncoding.EXACT).length);
  }

  @Test
  void namesAnUnknownVersion() {
    byte[] bytes = MemoryCodec.encode(SNAPSHOT, MemoryEncoding.EXACT);
    bytes[5] = 9;

    assertThatThrownBy(() -> MemoryCodec.decode(bytes))
        .isInstanceOf(MemoryFormatException.class)
        .hasMessage("memory format version must be from 1 to 2, but is 9");
  }

  @Test
  void namesABadMagic() {
    byte[] bytes = MemoryCodec.encode(SNAPSHOT, MemoryEncoding.EXACT);
    bytes[0] = 'X';

    assertThatThrownBy(() -> MemoryCodec.decode(bytes))
        .isInstanceOf(MemoryFormatException.class)
        .hasMessageContaining("magic 55544d4d, but begins with 58544d4d");
  }

  @ParameterizedTest
  @ValueSource(ints = {12, 30, 60, 100, 140})
  void refusesAFlippedBit(int position) {
    byte[] bytes = MemoryCodec.encode(SNAPSHOT, MemoryEncoding.EXACT);
    bytes[position] ^= 4;

    assertThatThrownBy(() -> MemoryCodec.decode(bytes))
        .isInstanceOf(MemoryFormatException.class)
        .hasMessageContaining("checksum");
  }

  @Test
  void refusesEachTruncation() {
    byte[] bytes = MemoryCodec.encode(SNAPSHOT, MemoryEncoding.EXACT);
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
        new MemorySnapshot(
            "f", 0, 0, new int[0], List.of(new Tensor("t", new int[0], new float[1])));
    byte[] bytes = MemoryCodec.encode(one, MemoryEncoding.EXACT);
    bytes[bytes.length - 9] = 7;

    assertThatThrownBy(() -> MemoryCodec.decode(withChecksum(bytes)))
        .isInstanceOf(MemoryFormatException.class)
        .hasMessage("payload encoding of tensor t must be from 0 to 4, but is 7");
  }

  @Test
  void refusesACountBeyondTheBytes() {
    byte[] bytes = MemoryCodec.encode(EMPTY, MemoryEncoding.EXACT);
    ByteBuffer.wrap(bytes).putInt(21, Integer.MAX_VALUE);

    assertThatThrownBy(() -> MemoryCodec.decode(withChecksum(bytes)))
        .isInstanceOf(MemoryFormatException.class)
        .hasMessageContaining("more bytes at position 25");
  }

  @Test
  void refusesBytesAfterTheLastTensor() {
    byte[] bytes = MemoryCodec.encode(EMPTY, MemoryEncoding.EXACT);
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

  private static byte[] fixture(String name) throws IOException {
    try (InputStream in = MemoryCodecTest.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }
}
