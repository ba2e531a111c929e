package io.undertone.model.torch.files;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The number formats of weights; all are converted to float32. */
enum SafetensorsType {
  F32(4),
  F16(2),
  BF16(2);

  final int bytes;

  SafetensorsType(int bytes) {
    this.bytes = bytes;
  }

  /**
   * Widens values to float32 in place.
   *
   * @param values from 0 to its position, little endian, with room for the wider ones; in native
   *     order afterwards
   */
  void toFloat32(ByteBuffer values) {
    int count = values.position() / bytes;
    ByteBuffer stored = values.duplicate().order(ByteOrder.LITTLE_ENDIAN).clear();
    ByteBuffer wide = values.duplicate().order(ByteOrder.nativeOrder()).clear();
    // From the last one: a wider value would overwrite those after it.
    for (int i = count - 1; i >= 0; i--) {
      wide.putFloat(i * Float.BYTES, value(stored, i * bytes));
    }
  }

  private float value(ByteBuffer stored, int at) {
    return switch (this) {
      case F32 -> stored.getFloat(at);
      case F16 -> float16(stored.getShort(at));
      case BF16 -> bfloat16(stored.getShort(at));
    };
  }

  private static float bfloat16(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }

  /** IEEE 754 binary16: 1 sign bit, 5 exponent bits, 10 fraction bits. */
  static float float16(short bits) {
    int exponent = bits >> 10 & 0x1f;
    int fraction = bits & 0x3ff;
    float magnitude;
    if (exponent == 0) {
      magnitude = fraction * 0x1p-24f;
    } else if (exponent == 0x1f) {
      magnitude = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
    } else {
      magnitude = Float.intBitsToFloat((exponent + 112) << 23 | fraction << 13);
    }
    return bits < 0 ? -magnitude : magnitude;
  }
}
