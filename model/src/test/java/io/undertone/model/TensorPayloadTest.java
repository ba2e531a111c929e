package io.undertone.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TensorPayloadTest {
  private static final int ROWS = 6;
  private static final int COLUMNS = 40;

  @ParameterizedTest
  @EnumSource(TensorPayload.class)
  void writesAsManyBytesAsItsLength(TensorPayload payload) {
    assertThat(bytes(payload, random(), ROWS).limit())
        .isEqualTo(payload.lengthBytes(ROWS, COLUMNS));
    assertThat(bytes(payload, new float[1], 1).limit()).isEqualTo(payload.lengthBytes(1, 1));
  }

  @ParameterizedTest
  @EnumSource(TensorPayload.class)
  void zerosStayZeros(TensorPayload payload) {
    assertThat(back(payload, new float[ROWS * COLUMNS], ROWS)).containsOnly(0);
  }

  @Test
  void float32IsExact() {
    float[] values = random();

    assertThat(back(TensorPayload.FLOAT32, values, ROWS)).isEqualTo(values);
  }

  @Test
  void bfloat16KeepsEightBits() {
    float[] values = random();

    float[] back = back(TensorPayload.BFLOAT16, values, ROWS);

    for (int i = 0; i < values.length; i++) {
      assertThat(back[i]).isCloseTo(values[i], Offset.offset(Math.abs(values[i]) / 256));
    }
  }

  @Test
  void bfloat16RoundsToNearestAndTiesToEven() {
    float[] values = {1, 1 + 1f / 256, 1 + 3f / 256, 1 + 1.01f / 256, -1 - 3f / 256};

    assertThat(back(TensorPayload.BFLOAT16, values, 1))
        .containsExactly(1, 1, 1 + 1f / 64, 1 + 1f / 128, -1 - 1f / 64);
  }

  @Test
  void int8IsOffByHalfAStepOfItsRow() {
    float[] values = random();

    float[] back = back(TensorPayload.INT8_ROWS, values, ROWS);

    for (int row = 0; row < ROWS; row++) {
      float most = 0;
      for (int i = row * COLUMNS; i < (row + 1) * COLUMNS; i++) {
        most = Math.max(most, Math.abs(values[i]));
      }
      for (int i = row * COLUMNS; i < (row + 1) * COLUMNS; i++) {
        assertThat(back[i]).isCloseTo(values[i], Offset.offset(most / 127 * 0.501f));
      }
    }
  }

  @Test
  void factorsRestoreProductsExactlyAndSumsOtherwise() {
    float[] product = new float[ROWS * COLUMNS];
    for (int i = 0; i < product.length; i++) {
      product[i] = (1 + i / COLUMNS) * (2 + i % COLUMNS) * 1e-9f;
    }
    assertThat(back(TensorPayload.FACTORED, product, ROWS))
        .containsExactly(product, Offset.offset(1e-13f));

    float[] squares = random();
    for (int i = 0; i < squares.length; i++) {
      squares[i] *= squares[i];
    }
    float[] back = back(TensorPayload.FACTORED, squares, ROWS);
    for (int row = 0; row < ROWS; row++) {
      double difference = 0;
      for (int i = row * COLUMNS; i < (row + 1) * COLUMNS; i++) {
        difference += back[i] - squares[i];
      }
      assertThat(difference).isCloseTo(0, Offset.offset(1e-3));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = TensorPayload.class,
      names = {"BFLOAT16", "INT8_ROWS", "FACTORED"})
  void keepsNaN(TensorPayload payload) {
    assertThat(back(payload, new float[] {1, Float.NaN}, 1)[1]).isNaN();
  }

  private static float[] back(TensorPayload payload, float[] values, int rows) {
    float[] back = new float[values.length];
    payload.read(bytes(payload, values, rows), rows, back);
    return back;
  }

  private static ByteBuffer bytes(TensorPayload payload, float[] values, int rows) {
    ByteBuffer out = ByteBuffer.allocate(1 << 12);
    payload.write(values, rows, out);
    return out.flip();
  }

  /** Rows of very different magnitudes. */
  private static float[] random() {
    SplittableRandom random = new SplittableRandom(1);
    float[] values = new float[ROWS * COLUMNS];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextDouble(-1, 1) * Math.pow(10, i / COLUMNS - 4));
    }
    return values;
  }
}
