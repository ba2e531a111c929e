package io.undertone.audio.segment;

import io.undertone.audio.StateBytes;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/** The missing spans of pending audio. Positions are samples since the start of the channel. */
final class MissingSpans {
  private record Span(long begin, long end) {}

  private final Deque<Span> spans = new ArrayDeque<>();

  void add(long begin, long end) {
    spans.addLast(new Span(begin, end));
  }

  void dropBefore(long position) {
    while (!spans.isEmpty() && spans.getFirst().end() <= position) {
      spans.removeFirst();
    }
  }

  /** Number of missing samples between two positions. */
  long within(long begin, long end) {
    long missing = 0;
    for (Span span : spans) {
      missing += Math.max(0, Math.min(end, span.end()) - Math.max(begin, span.begin()));
    }
    return missing;
  }

  void writeTo(DataOutput out) throws IOException {
    out.writeInt(spans.size());
    for (Span span : spans) {
      out.writeLong(span.begin());
      out.writeLong(span.end());
    }
  }

  static MissingSpans readFrom(ByteBuffer in) {
    MissingSpans missing = new MissingSpans();
    int count = StateBytes.readCount(in, 2 * Long.BYTES);
    for (int i = 0; i < count; i++) {
      missing.add(in.getLong(), in.getLong());
    }
    return missing;
  }
}
