package io.undertone.audio.segment;

import io.undertone.audio.resample.Resampler;
import io.undertone.audio.vad.VadState;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * Byte format of {@link SegmenterState}: a version, then the fields in the order of {@link #write}.
 * Version 1 has no gate.
 */
final class SegmenterStateFormat {
  private static final int VERSION = 2;
  private static final int VERSION_WITHOUT_GATE = 1;

  private SegmenterStateFormat() {}

  static byte[] write(SegmenterState state) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(VERSION);
      out.writeLong(state.startOffsetMs);
      out.writeLong(state.analysedEnd);
      out.writeInt(state.nextIndex);
      out.writeBoolean(state.open != null);
      if (state.open != null) {
        out.writeLong(state.open.begin());
        out.writeLong(state.open.speechBegin());
        out.writeLong(state.open.speechEnd());
      }
      state.audio.writeTo(out);
      state.missing.writeTo(out);
      out.writeBoolean(state.vad != null);
      if (state.vad != null) {
        state.vad.writeTo(out);
      }
      out.writeBoolean(state.resampler != null);
      if (state.resampler != null) {
        state.resampler.writeTo(out);
      }
      state.gate.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  static SegmenterState read(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      int version = in.getInt();
      if (version != VERSION && version != VERSION_WITHOUT_GATE) {
        throw new SegmenterStateFormatException(
            "segmenter state version must be "
                + VERSION_WITHOUT_GATE
                + " or "
                + VERSION
                + ", but is "
                + version);
      }
      SegmenterState state = readVersion1(in);
      if (version == VERSION) {
        state.gate = EnergyGate.readFrom(in);
      }
      if (in.hasRemaining()) {
        throw new SegmenterStateFormatException(
            "segmenter state has " + in.remaining() + " bytes after its last field");
      }
      return state;
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw new SegmenterStateFormatException(
          "segmenter state of " + bytes.length + " bytes is damaged", e);
    }
  }

  private static SegmenterState readVersion1(ByteBuffer in) {
    SegmenterState state = SegmenterState.startingAt(in.getLong());
    state.analysedEnd = in.getLong();
    state.nextIndex = in.getInt();
    if (readPresence(in)) {
      state.open = new OpenUtterance(in.getLong(), in.getLong(), in.getLong());
    }
    state.audio = PendingAudio.readFrom(in);
    state.missing = MissingSpans.readFrom(in);
    if (readPresence(in)) {
      state.vad = VadState.readFrom(in);
    }
    if (readPresence(in)) {
      state.resampler = Resampler.readFrom(in);
    }
    return state;
  }

  private static boolean readPresence(ByteBuffer in) {
    return in.get() != 0;
  }
}
