package io.undertone.operators.segment;

import io.undertone.operators.RecordCoordinates;
import io.undertone.operators.RecordRange;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;

/**
 * Which chunks the audio of a channel comes from, as far back as its next utterance can begin. In
 * state of former versions it is unknown; then utterances have no origin until new chunks come.
 */
final class AudioOrigins {
  private final Deque<Origin> origins = new ArrayDeque<>();

  /** Audio from an offset on, until the next origin. */
  private record Origin(long startOffsetMs, RecordCoordinates at) {}

  /**
   * Audio from here on comes from a chunk.
   *
   * @param startOffsetMs since the start of the call, not before those of former chunks
   */
  void add(long startOffsetMs, RecordCoordinates at) {
    origins.add(new Origin(startOffsetMs, at));
  }

  /** The chunks of a span; empty if no chunk is known. */
  Optional<RecordRange> of(long beginOffsetMs, long endOffsetMs) {
    if (origins.isEmpty()) {
      return Optional.empty();
    }
    RecordCoordinates first = origins.element().at();
    RecordCoordinates last = first;
    for (Origin origin : origins) {
      if (origin.startOffsetMs() <= beginOffsetMs) {
        first = origin.at();
      }
      if (origin.startOffsetMs() < endOffsetMs) {
        last = origin.at();
      }
    }
    return Optional.of(new RecordRange(first, last));
  }

  /** Forgets chunks that end before an offset. */
  void forgetBefore(long offsetMs) {
    Iterator<Origin> next = origins.iterator();
    if (next.hasNext()) {
      next.next();
    }
    int forgotten = 0;
    while (next.hasNext() && next.next().startOffsetMs() <= offsetMs) {
      forgotten++;
    }
    for (int i = 0; i < forgotten; i++) {
      origins.remove();
    }
  }

  void clear() {
    origins.clear();
  }

  /**
   * Big endian: u32 n, then of each origin: i64 startOffsetMs, UTF topic or empty for that of the
   * origin before, u32 partition, i64 offset.
   */
  void writeTo(DataOutput out) throws IOException {
    out.writeInt(origins.size());
    String topicBefore = "";
    for (Origin origin : origins) {
      String topic = origin.at().topic();
      out.writeLong(origin.startOffsetMs());
      out.writeUTF(topic.equals(topicBefore) ? "" : topic);
      out.writeInt(origin.at().partition());
      out.writeLong(origin.at().offset());
      topicBefore = topic;
    }
  }

  static AudioOrigins readFrom(DataInput in) throws IOException {
    AudioOrigins read = new AudioOrigins();
    String topic = "";
    for (int left = in.readInt(); left > 0; left--) {
      long startOffsetMs = in.readLong();
      String written = in.readUTF();
      topic = written.isEmpty() ? topic : written;
      read.add(startOffsetMs, new RecordCoordinates(topic, in.readInt(), in.readLong()));
    }
    return read;
  }
}
