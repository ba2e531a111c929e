package io.undertone.model;

import io.undertone.model.MemorySnapshot.Tensor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads the parts of a memory's body, and checks each length against the bytes that are left. */
final class MemoryReader {
  /** Limits the values of a tensor: some payloads need fewer bytes than they have values. */
  private static final long MOST_VALUES = 1L << 28;

  private final ByteBuffer in;
  private final int version;

  MemoryReader(ByteBuffer in, int version) {
    this.in = in;
    this.version = version;
  }

  Tensor tensor() {
    String name = string();
    int[] shape = ints(in(Byte.BYTES).get() & 0xff);
    TensorPayload payload = payload(name);
    int rows = TensorPayload.rows(shape);
    float[] values = new float[size(name, shape)];
    payload.read(in(payload.lengthBytes(rows, TensorPayload.columns(shape))), rows, values);
    return new Tensor(name, shape, values);
  }

  private TensorPayload payload(String name) {
    int encoding = in(Byte.BYTES).get() & 0xff;
    int most = version == 1 ? 0 : TensorPayload.values().length - 1;
    if (encoding > most) {
      throw new MemoryFormatException(
          "payload encoding of tensor %s must be from 0 to %d, but is %d"
              .formatted(name, most, encoding));
    }
    return TensorPayload.values()[encoding];
  }

  private static int size(String name, int[] shape) {
    long size = 1;
    for (int dimension : shape) {
      size *= dimension;
      if (dimension < 0 || size > MOST_VALUES) {
        throw new MemoryFormatException(
            "tensor %s must have from 0 to %d values, but has shape %s"
                .formatted(name, MOST_VALUES, Arrays.toString(shape)));
      }
    }
    return (int) size;
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

  int countUpTo(int most) {
    int count = count();
    if (count > most) {
      throw new MemoryFormatException("count must be at most " + most + ", but is " + count);
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

  /** Checks that no bytes follow the last part. */
  void end() {
    if (in.hasRemaining()) {
      throw new MemoryFormatException(
          "memory must end with its last tensor, but " + in.remaining() + " bytes follow");
    }
  }

  /** The buffer, which has at least this many bytes left. */
  private ByteBuffer in(long bytes) {
    if (bytes < 0 || in.remaining() < bytes) {
      throw new MemoryFormatException(
          "memory must have %d more bytes at position %d, but has %d"
              .formatted(bytes, in.position(), in.remaining()));
    }
    return in;
  }
}
