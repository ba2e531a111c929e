package io.undertone.model;

import io.undertone.model.MemorySnapshot.Tensor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * A memory as bytes that outlive the process and the release. Big endian, version 2:
 *
 * <pre>
 * u32 magic 'UTMM'   u16 version   u32 length of everything, checksum included
 * u16 n, n bytes     model fingerprint, UTF-8
 * u32                update step
 * u32                optimiser's step (version 1: as the update step, and not written)
 * u32 n, n × u32     history
 * u32 n, n times     a tensor: u16 m, m bytes name; u8 r, r × u32 dimensions;
 *                    u8 payload encoding (ordinal of a {@link TensorPayload};
 *                    version 1: always 0); payload
 * u32                CRC32C of all bytes before
 * </pre>
 *
 * <p>Each tensor names its encoding, so parameters and optimiser state can differ.
 */
public final class MemoryCodec {
  /** Version of the format. Each event carries it. */
  public static final int VERSION = 2;

  static final int MAGIC = 0x55544d4d;
  static final int OLDEST_VERSION = 1;

  private static final int HEADER_BYTES = Integer.BYTES + Short.BYTES + Integer.BYTES;
  private static final int CHECKSUM_BYTES = Integer.BYTES;

  private MemoryCodec() {}

  /** The bytes of a memory. Equal snapshots and encodings give equal bytes. */
  public static byte[] encode(MemorySnapshot snapshot, MemoryEncoding encoding) {
    byte[] bytes = new byte[lengthBytes(snapshot, encoding)];
    ByteBuffer out = ByteBuffer.wrap(bytes);
    out.putInt(MAGIC).putShort((short) VERSION).putInt(bytes.length);
    putString(out, snapshot.modelFingerprint());
    out.putInt(snapshot.updateStep()).putInt(encoding.optimizerStep(snapshot));
    putInts(out.putInt(snapshot.history().length), snapshot.history());
    out.putInt(snapshot.tensors().size());
    for (Tensor tensor : snapshot.tensors()) {
      putString(out, tensor.name());
      putInts(out.put((byte) tensor.shape().length), tensor.shape());
      TensorPayload payload = encoding.payload(tensor);
      payload.write(
          tensor.values(), TensorPayload.rows(tensor.shape()), out.put((byte) payload.id()));
    }
    out.putInt(checksum(bytes, out.position()));
    return bytes;
  }

  /**
   * The memory from its bytes, with the precision that {@link #encode} kept.
   *
   * @throws MemoryFormatException if magic, version, length, checksum or a tensor's encoding is
   *     wrong, or bytes follow the last tensor
   */
  public static MemorySnapshot decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    int version = checkFrame(in, bytes);
    MemoryReader reader = new MemoryReader(in, version);
    String fingerprint = reader.string();
    int updateStep = reader.count();
    int optimizerStep = version == 1 ? updateStep : reader.countUpTo(updateStep);
    int[] history = reader.ints(reader.count());
    int count = reader.count();
    List<Tensor> tensors = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      tensors.add(reader.tensor());
    }
    reader.end();
    return new MemorySnapshot(fingerprint, updateStep, optimizerStep, history, tensors);
  }

  /** Checks header and checksum, leaves the buffer at the body, and returns the version. */
  private static int checkFrame(ByteBuffer in, byte[] bytes) {
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
    if (version < OLDEST_VERSION || version > VERSION) {
      throw new MemoryFormatException(
          "memory format version must be from %d to %d, but is %d"
              .formatted(OLDEST_VERSION, VERSION, version));
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
    return version;
  }

  private static int lengthBytes(MemorySnapshot snapshot, MemoryEncoding encoding) {
    long bytes = HEADER_BYTES + CHECKSUM_BYTES;
    bytes += Short.BYTES + utf8(snapshot.modelFingerprint()).length;
    bytes += Integer.BYTES * (4L + snapshot.history().length);
    for (Tensor tensor : snapshot.tensors()) {
      bytes += Short.BYTES + utf8(tensor.name()).length;
      bytes += 2L + Integer.BYTES * (long) tensor.shape().length;
      bytes +=
          encoding
              .payload(tensor)
              .lengthBytes(
                  TensorPayload.rows(tensor.shape()), TensorPayload.columns(tensor.shape()));
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
