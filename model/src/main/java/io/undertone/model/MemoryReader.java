package io.undertone.model;

import io.undertone.model.MemorySnapshot.Tensor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads the parts of a memory's body; each length is checked against the bytes that are left. */
final class MemoryReader {
  private final ByteBuffer in;

  MemoryReader(ByteBuffer in) {
    this.in = in;
  }

  Tensor tensor() {
    String name = string();
    int[] shape = ints(in(Byte.BYTES).get() & 0xff);
    int encoding = in(Byte.BYTES).get() & 0xff;
    if (encoding != MemoryCodec.FLOAT32) {
      throw new MemoryFormatException(
          "payload encoding of tensor %s must be %d, but is %d"
              .formatted(name, MemoryCodec.FLOAT32, encoding));
    }
    long size = 1;
    for (int dimension : shape) {
      size *= dimension;
    }
    return new Tensor(name, shape, floats(size));
  }

  String string() {
    byte[] utf8 = new byte[in(Short.BYTES).getShort() & 0xffff];
    in(utf8.length).get(utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }

  int count() {
    int count = in(Integer.BYTES).getInt();
    if (count < 0) {
      throw new MemoryFormatException("count must be at least 0, but is " + count);
    }
    return count;
  }

  int[] ints(int count) {
    in(count * (long) Integer.BYTES);
    int[] values = new int[count];
    for (int i = 0; i < count; i++) {
      values[i] = in.getInt();
    }
    return values;
  }

  private float[] floats(long count) {
    in(count * Float.BYTES);
    float[] values = new float[(int) count];
    in.asFloatBuffer().get(values);
    in.position(in.position() + values.length * Float.BYTES);
    return values;
  }

  /** Refuses what follows the last part. */
  void end() {
    if (in.hasRemaining()) {
      throw new MemoryFormatException(
          "memory must end with its last tensor, but " + in.remaining() + " bytes follow");
    }
  }

  /** The buffer, with at least this many bytes left. */
  private ByteBuffer in(long bytes) {
    if (bytes < 0 || in.remaining() < bytes) {
      throw new MemoryFormatException(
          "memory must have %d more bytes at position %d, but has %d"
              .formatted(bytes, in.position(), in.remaining()));
    }
    return in;
  }
}
