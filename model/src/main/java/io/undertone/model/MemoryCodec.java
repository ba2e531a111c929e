package io.undertone.model;

import io.undertone.model.MemorySnapshot.Tensor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * A call's memory as bytes that outlive the process and the release. Big endian, version 1:
 *
 * <pre>
 * u32 magic 'UTMM'   u16 version   u32 length of everything, checksum included
 * u16 n, n bytes     model fingerprint, UTF-8
 * u32                update step
 * u32 n, n × u32     history
 * u32 n, n times     a tensor: u16 m, m bytes name; u8 r, r × u32 dimensions;
 *                    u8 payload encoding (0: float32); payload
 * u32                CRC32C of all bytes before
 * </pre>
 *
 * <p>Every tensor names its own encoding, so that adapters and optimiser state can differ.
 */
public final class MemoryCodec {
  /** Version of the format; every event names it. */
  public static final int VERSION = 1;

  static final int MAGIC = 0x55544d4d;
  static final int FLOAT32 = 0;

  private static final int HEADER_BYTES = Integer.BYTES + Short.BYTES + Integer.BYTES;
  private static final int CHECKSUM_BYTES = Integer.BYTES;

  private MemoryCodec() {}

  /** The bytes of a memory: the same snapshot gives the same bytes. */
  public static byte[] encode(MemorySnapshot snapshot) {
    byte[] bytes = new byte[lengthBytes(snapshot)];
    ByteBuffer out = ByteBuffer.wrap(bytes);
    out.putInt(MAGIC).putShort((short) VERSION).putInt(bytes.length);
    putString(out, snapshot.modelFingerprint());
    out.putInt(snapshot.updateStep());
    putInts(out.putInt(snapshot.history().length), snapshot.history());
    out.putInt(snapshot.tensors().size());
    for (Tensor tensor : snapshot.tensors()) {
      putString(out, tensor.name());
      putInts(out.put((byte) tensor.shape().length), tensor.shape());
      out.put((byte) FLOAT32);
      out.asFloatBuffer().put(tensor.values());
      out.position(out.position() + tensor.values().length * Float.BYTES);
    }
    out.putInt(checksum(bytes, out.position()));
    return bytes;
  }

  /**
   * The memory that {@link #encode} was given.
   *
   * @throws MemoryFormatException if magic, version, length, checksum or a tensor's encoding is not
   *     what it must be, or bytes follow the last tensor
   */
  public static MemorySnapshot decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    checkFrame(in, bytes);
    MemoryReader reader = new MemoryReader(in);
    String fingerprint = reader.string();
    int updateStep = reader.count();
    int[] history = reader.ints(reader.count());
    int count = reader.count();
    List<Tensor> tensors = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      tensors.add(reader.tensor());
    }
    reader.end();
    return new MemorySnapshot(fingerprint, updateStep, history, tensors);
  }

  /** Checks what can be known without reading on, and leaves the buffer at the body. */
  private static void checkFrame(ByteBuffer in, byte[] bytes) {
    int lengthBytes = bytes.length;
    if (lengthBytes < HEADER_BYTES + CHECKSUM_BYTES) {
      throw new MemoryFormatException(
          "memory must have at least %d bytes, but has %d"
              .formatted(HEADER_BYTES + CHECKSUM_BYTES, lengthBytes));
    }
    int magic = in.getInt();
    if (magic != MAGIC) {
      throw new MemoryFormatException(
          "memory must begin with magic %08x, but begins with %08x".formatted(MAGIC, magic));
    }
    int version = in.getShort() & 0xffff;
    if (version != VERSION) {
      throw new MemoryFormatException(
          "memory format version must be %d, but is %d".formatted(VERSION, version));
    }
    int declaredBytes = in.getInt();
    if (declaredBytes != lengthBytes) {
      throw new MemoryFormatException(
          "memory must have the %d bytes that it declares, but has %d"
              .formatted(declaredBytes, lengthBytes));
    }
    int declared = in.getInt(lengthBytes - CHECKSUM_BYTES);
    int actual = checksum(bytes, lengthBytes - CHECKSUM_BYTES);
    if (declared != actual) {
      throw new MemoryFormatException(
          "memory checksum must be %08x, but is %08x".formatted(declared, actual));
    }
    in.limit(lengthBytes - CHECKSUM_BYTES);
  }

  private static int lengthBytes(MemorySnapshot snapshot) {
    long bytes = HEADER_BYTES + CHECKSUM_BYTES;
    bytes += Short.BYTES + utf8(snapshot.modelFingerprint()).length;
    bytes += Integer.BYTES * (3L + snapshot.history().length);
    for (Tensor tensor : snapshot.tensors()) {
      bytes += Short.BYTES + utf8(tensor.name()).length;
      bytes += 2L + Integer.BYTES * (long) tensor.shape().length;
      bytes += Float.BYTES * (long) tensor.values().length;
    }
    if (bytes > Integer.MAX_VALUE) {
      throw new MemoryFormatException(
          "memory must have at most %d bytes, but has %d".formatted(Integer.MAX_VALUE, bytes));
    }
    return (int) bytes;
  }

  private static void putString(ByteBuffer out, String string) {
    byte[] utf8 = utf8(string);
    out.putShort((short) utf8.length).put(utf8);
  }

  private static void putInts(ByteBuffer out, int[] values) {
    for (int value : values) {
      out.putInt(value);
    }
  }

  private static byte[] utf8(String string) {
    byte[] utf8 = string.getBytes(StandardCharsets.UTF_8);
    if (utf8.length > 0xffff) {
      throw new MemoryFormatException("name must have at most 65535 bytes, but has " + utf8.length);
    }
    return utf8;
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
