package io.undertone.model.torch.files;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** The number formats of weights; all are converted to float32. */
enum SafetensorsType {
  F32(4),
  F16(2),
  BF16(2);

  final int bytes;

  SafetensorsType(int bytes) {
    this.bytes = bytes;
  }

  /** Direct bytes in native order as float32; float32 input is not copied. */
  ByteBuffer toFloat32(ByteBuffer source) {
    if (this == F32) {
      return source;
    }
    int count = source.remaining() / bytes;
    ByteBuffer target =
        ByteBuffer.allocateDirect(Math.multiplyExact(count, Float.BYTES))
            .order(ByteOrder.nativeOrder());
    FloatBuffer floats = target.asFloatBuffer();
    int begin = source.position();
    for (int i = 0; i < count; i++) {
      short half = source.getShort(begin + i * bytes);
      floats.put(i, this == BF16 ? bfloat16(half) : float16(half));
    }
    return target;
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
