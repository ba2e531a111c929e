package io.undertone.audio.segment;

import io.undertone.audio.StateBytes;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Buffer of the 16-bit samples that a future utterance may need, from position begin to end.
 * Positions are samples since the start of the channel. Appends at the end, drops at the front, and
 * moves its content only to make room.
 */
final class PendingAudio {
  private static final int INITIAL_SAMPLES = 4096;

  private short[] samples = new short[INITIAL_SAMPLES];
  private int from;
  private int to;

  /** Position of the sample at index from. */
  private long begin;

  long begin() {
    return begin;
  }

  long end() {
    return begin + (to - from);
  }

  void append(short[] added) {
    makeRoom(added.length);
    System.arraycopy(added, 0, samples, to, added.length);
    to += added.length;
  }

  void appendSilence(int count) {
    makeRoom(count);
    Arrays.fill(samples, to, to + count, (short) 0);
    to += count;
  }

  /** Drops samples before a position. */
  void dropBefore(long position) {
    int dropped = (int) Math.max(0, Math.min(position - begin, to - from));
    from += dropped;
    begin += dropped;
  }

  /** Drops samples before a position, and overwrites them: nothing of them stays in memory. */
  void wipeBefore(long position) {
    dropBefore(position);
    Arrays.fill(samples, 0, from, (short) 0);
  }

  /** Shifts the content to a later position. */
  void moveBy(long count) {
    begin += count;
  }

  short[] copy(long fromPosition, long toPosition) {
    return Arrays.copyOfRange(samples, index(fromPosition), index(toPosition));
  }

  /** Fills a frame with samples from a position, scaled to [-1, 1]. */
  void copyScaled(long position, float[] frame) {
    int at = index(position);
    for (int i = 0; i < frame.length; i++) {
      frame[i] = samples[at + i] / 32768f;
    }
  }

  /** Sum of squares between two positions. */
  long energy(long fromPosition, long toPosition) {
    long energy = 0;
    int end = index(toPosition);
    for (int i = index(fromPosition); i < end; i++) {
      energy += (long) samples[i] * samples[i];
    }
    return energy;
  }

  private int index(long position) {
    return from + Math.toIntExact(position - begin);
  }

  /** Makes room to append; shrinks the array after a long utterance. */
  private void makeRoom(int count) {
    if (to + count <= samples.length) {
      return;
    }
    int held = to - from;
    int capacity = Math.max(INITIAL_SAMPLES, 2 * (held + count));
    short[] target =
        capacity > samples.length || 4 * capacity < samples.length ? new short[capacity] : samples;
    System.arraycopy(samples, from, target, 0, held);
    samples = target;
    from = 0;
    to = held;
  }

  void writeTo(DataOutput out) throws IOException {
    out.writeLong(begin);
    out.writeInt(to - from);
    ByteBuffer bytes = ByteBuffer.allocate(Short.BYTES * (to - from));
    bytes.asShortBuffer().put(samples, from, to - from);
    out.write(bytes.array());
  }

  static PendingAudio readFrom(ByteBuffer in) {
    PendingAudio audio = new PendingAudio();
    audio.begin = in.getLong();
    short[] held = new short[StateBytes.readCount(in, Short.BYTES)];
    in.asShortBuffer().get(held);
    in.position(in.position() + Short.BYTES * held.length);
    audio.append(held);
    return audio;
  }
}
