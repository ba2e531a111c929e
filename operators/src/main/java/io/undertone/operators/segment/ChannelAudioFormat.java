package io.undertone.operators.segment;

import io.undertone.audio.codec.Codec;
import io.undertone.audio.segment.SegmenterState;
import io.undertone.audio.segment.SegmenterStateFormatException;
import io.undertone.operators.segment.ChannelAudio.DecoderHistory;
import io.undertone.schemas.Role;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Byte format of {@link ChannelAudio}. Big endian, version 2:
 *
 * <pre>
 * u16 version        UTF role
 * u8 1, u32 n, n bytes of SegmenterState in its own format; or u8 0 for an ended channel
 * u8 1, UTF codec, u32 sampleRateHz, u32 n, n bytes of the decoder's history; or u8 0
 * u8 gap             i64 callBeginMs   i64 endOffsetMs   i64 missingAudioMs
 * origins of the audio, see {@link AudioOrigins#writeTo}
 * </pre>
 *
 * <p>Version 1 ends before the origins.
 */
final class ChannelAudioFormat {
  static final int VERSION = 2;
  private static final int WITHOUT_ORIGINS = 1;

  private ChannelAudioFormat() {}

  static byte[] write(ChannelAudio audio) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeShort(VERSION);
    out.writeUTF(audio.role.name());
    out.writeBoolean(audio.segmenter != null);
    if (audio.segmenter != null) {
      writeBytes(out, audio.segmenter.toBytes());
    }
    writeHistory(out, audio.history);
    out.writeBoolean(audio.gap);
    out.writeLong(audio.callBeginMs);
    out.writeLong(audio.endOffsetMs);
    out.writeLong(audio.missingAudioMs);
    audio.origins.writeTo(out);
    return bytes.toByteArray();
  }

  /**
   * Reads the result of {@link #write}, of this or an earlier version; throws an IOException on an
   * unknown version or damaged bytes.
   */
  static ChannelAudio read(byte[] bytes) throws IOException {
    try {
      return read(new DataInputStream(new ByteArrayInputStream(bytes)));
    } catch (IllegalArgumentException | SegmenterStateFormatException e) {
      throw new IOException("channel audio of %d bytes is damaged".formatted(bytes.length), e);
    }
  }

  private static ChannelAudio read(DataInputStream in) throws IOException {
    int version = in.readUnsignedShort();
    if (version < WITHOUT_ORIGINS || version > VERSION) {
      throw new IOException(
          "channel audio format version must be from %d to %d, but is %d"
              .formatted(WITHOUT_ORIGINS, VERSION, version));
    }
    Role role = Role.valueOf(in.readUTF());
    SegmenterState segmenter = in.readBoolean() ? SegmenterState.fromBytes(readBytes(in)) : null;
    ChannelAudio audio = new ChannelAudio(role, segmenter);
    audio.history = readHistory(in);
    audio.gap = in.readBoolean();
    audio.callBeginMs = in.readLong();
    audio.endOffsetMs = in.readLong();
    audio.missingAudioMs = in.readLong();
    if (version > WITHOUT_ORIGINS) {
      audio.origins = AudioOrigins.readFrom(in);
    }
    return audio;
  }

  private static void writeHistory(DataOutputStream out, @Nullable DecoderHistory history)
      throws IOException {
    out.writeBoolean(history != null);
    if (history != null) {
      out.writeUTF(history.codec().name());
      out.writeInt(history.sampleRateHz());
      writeBytes(out, history.payload());
    }
  }

  private static @Nullable DecoderHistory readHistory(DataInputStream in) throws IOException {
    return in.readBoolean()
        ? new DecoderHistory(Codec.valueOf(in.readUTF()), in.readInt(), readBytes(in))
        : null;
  }

  private static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static byte[] readBytes(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > in.available()) {
      throw new IOException(
          "a part of channel audio must have from 0 to %d bytes, but has %d"
              .formatted(in.available(), length));
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return bytes;
  }
}
