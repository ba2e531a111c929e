package io.undertone.model.call;

import io.undertone.model.Emotion;
import io.undertone.model.EmotionEstimate;
import io.undertone.model.MemoryCodec;
import io.undertone.model.MemoryEncoding;
import io.undertone.model.MemoryFormatException;
import io.undertone.model.MemorySnapshot;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * What is saved of one channel of a call: its last estimate and its memory. As bytes, it outlives
 * the process and the release. Big endian, version 1:
 *
 * <pre>
 * u32 magic 'UTCS'   u16 version
 * u8 n               emotions of the estimate, 0 where there is none
 * n × f32            their probabilities, in the order of {@link Emotion}
 * i64                end of the estimate's utterance in the call, in ms; 0 where there is none
 * u32                CRC32C of all bytes before
 * the rest           the memory, in the format of {@link MemoryCodec}
 * </pre>
 *
 * <p>Reading the last estimate does not decode the memory.
 */
public final class ChannelState {
  /** Version of the format. */
  public static final int VERSION = 1;

  private static final int MAGIC = 0x55544353;
  private static final int BEFORE_ESTIMATE_BYTES = Integer.BYTES + Short.BYTES + Byte.BYTES;
  private static final int AFTER_ESTIMATE_BYTES = Long.BYTES + Integer.BYTES;

  private final Optional<LastEstimate> lastEstimate;
  private final byte[] memory;

  /**
   * A channel whose memory is encoded already.
   *
   * @param memory in the format of {@link MemoryCodec}; must not be changed
   */
  public ChannelState(Optional<LastEstimate> lastEstimate, byte[] memory) {
    this.lastEstimate = lastEstimate;
    this.memory = memory;
  }

  static ChannelState of(
      Optional<LastEstimate> lastEstimate, MemorySnapshot memory, MemoryEncoding encoding) {
    return new ChannelState(lastEstimate, MemoryCodec.encode(memory, encoding));
  }

  /** The estimate of the channel's last utterance; empty if it was not saved. */
  public Optional<LastEstimate> lastEstimate() {
    return lastEstimate;
  }

  /**
   * The channel's memory, decoded.
   *
   * @throws MemoryFormatException if its bytes are not a memory of a known version
   */
  public MemorySnapshot memory() {
    return MemoryCodec.decode(memory);
  }

  /** The bytes that {@link #ofBytes} reads. */
  public byte[] toBytes() {
    float[] probabilities =
        lastEstimate.map(last -> last.estimate().toArray()).orElseGet(() -> new float[0]);
    int headerBytes = headerBytes(probabilities.length);
    ByteBuffer out = ByteBuffer.allocate(headerBytes + memory.length);
    out.putInt(MAGIC).putShort((short) VERSION).put((byte) probabilities.length);
    for (float probability : probabilities) {
      out.putFloat(probability);
    }
    out.putLong(lastEstimate.map(LastEstimate::endOffsetMs).orElse(0L));
    out.putInt(checksum(out.array(), out.position())).put(memory);
    return out.array();
  }

  /**
   * The channel that {@link #toBytes} wrote.
   *
   * @throws MemoryFormatException if magic, version or checksum is not as expected
   */
  public static ChannelState ofBytes(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    float[] probabilities = new float[checkHeader(in, bytes)];
    for (int i = 0; i < probabilities.length; i++) {
      probabilities[i] = in.getFloat();
    }
    long endOffsetMs = in.getLong();
    byte[] memory = Arrays.copyOfRange(bytes, headerBytes(probabilities.length), bytes.length);
    return new ChannelState(
        probabilities.length == 0
            ? Optional.empty()
            : Optional.of(new LastEstimate(estimate(probabilities), endOffsetMs)),
        memory);
  }

  private static EmotionEstimate estimate(float[] probabilities) {
    try {
      return new EmotionEstimate(probabilities);
    } catch (IllegalArgumentException e) {
      throw new MemoryFormatException("estimate of channel state: " + e.getMessage());
    }
  }

  /** Leaves the buffer at the probabilities, and returns their number. */
  private static int checkHeader(ByteBuffer in, byte[] bytes) {
    requireBytes(headerBytes(0), bytes);
    int magic = in.getInt();
    if (magic != MAGIC) {
      throw new MemoryFormatException(
          "channel state must begin with magic %08x, but begins with %08x".formatted(MAGIC, magic));
    }
    int version = in.getShort() & 0xffff;
    if (version != VERSION) {
      throw new MemoryFormatException(
          "channel state version must be %d, but is %d".formatted(VERSION, version));
    }
    int emotions = in.get() & 0xff;
    requireBytes(headerBytes(emotions), bytes);
    int checkedBytes = headerBytes(emotions) - Integer.BYTES;
    int declared = in.getInt(checkedBytes);
    int actual = checksum(bytes, checkedBytes);
    if (declared != actual) {
      throw new MemoryFormatException(
          "channel state checksum must be %08x, but is %08x".formatted(declared, actual));
    }
    if (emotions != 0 && emotions != Emotion.values().length) {
      throw new MemoryFormatException(
          "channel state must have 0 or %d emotions, but has %d"
              .formatted(Emotion.values().length, emotions));
    }
    return emotions;
  }

  private static void requireBytes(int least, byte[] bytes) {
    if (bytes.length < least) {
      throw new MemoryFormatException(
          "channel state must have at least %d bytes, but has %d".formatted(least, bytes.length));
    }
  }

  private static int headerBytes(int emotions) {
    return BEFORE_ESTIMATE_BYTES + Float.BYTES * emotions + AFTER_ESTIMATE_BYTES;
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
