package io.undertone.audio.segment;

import io.undertone.audio.resample.Resampler;
import io.undertone.audio.vad.VadState;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The bytes of a {@link SegmenterState}: a version, then its fields in the order below. */
final class SegmenterStateFormat {
  private static final int VERSION = 1;

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
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  static SegmenterState read(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int version = in.readInt();
      if (version != VERSION) {
        throw new SegmenterStateFormatException(
            "a segmenter state must have version " + VERSION + ", but has " + version);
      }
      return readVersion1(in);
    } catch (IOException | RuntimeException e) {
      throw e instanceof SegmenterStateFormatException known
          ? known
          : new SegmenterStateFormatException(
              "a segmenter state of " + bytes.length + " bytes is damaged", e);
    }
  }

  private static SegmenterState readVersion1(DataInputStream in) throws IOException {
    SegmenterState state = SegmenterState.startingAt(in.readLong());
    state.analysedEnd = in.readLong();
    state.nextIndex = in.readInt();
    if (in.readBoolean()) {
      state.open = new OpenUtterance(in.readLong(), in.readLong(), in.readLong());
    }
    state.audio = PendingAudio.readFrom(in);
    state.missing = MissingSpans.readFrom(in);
    if (in.readBoolean()) {
      state.vad = VadState.readFrom(in);
    }
    if (in.readBoolean()) {
      state.resampler = Resampler.readFrom(in);
    }
    return state;
  }
}
