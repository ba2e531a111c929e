package io.undertone.training.features;

import io.undertone.model.torch.features.TokenFeatures;
import io.undertone.model.torch.features.UtteranceFeatures;
import io.undertone.training.TrainingException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/**
 * A file of features, to which records are appended and from which they are read on demand:
 *
 * <pre>
 * int version, text origin
 * records: int bytes that follow, text key, int time, int width, int statistics,
 *          (time · width) shorts, (statistics) floats
 * </pre>
 *
 * <p>Numbers are big-endian; a text is an int of bytes and UTF-8. Shorts are thousandths: values
 * that are normalised over a row of 1024 are below 32. A last record that is not complete, as a
 * killed run may leave it, is dropped.
 */
final class FeatureFile implements AutoCloseable {

  private static final int VERSION = 3;
  private static final float SCALE = 1000;
  private static final int LONGEST_HEADER_BYTES = 1 << 12;

  private final Path file;
  private final FileChannel channel;

  /** Where the records begin, and how long they are, without their lengths. */
  private final Map<String, Record> records = new HashMap<>();

  private long end;

  private record Record(long begin, int bytes, int time) {}

  private FeatureFile(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Opens a file, or creates it.
   *
   * @param origin identifies what the features depend on beside the clips
   * @throws TrainingException if the file has another version or origin
   */
  static FeatureFile open(Path file, String origin) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      FeatureFile opened = new FeatureFile(file, channel);
      opened.readHeader(origin);
      opened.readIndex();
      return opened;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private void readHeader(String origin) throws IOException {
    byte[] header = header(origin);
    if (channel.size() < header.length && sameStart(header)) {
      channel.truncate(0);
      write(ByteBuffer.wrap(header), 0);
    } else if (!sameStart(header)) {
      throw new TrainingException(
          "%s must hold features of version %d, %s, but holds %s; delete it or name another file"
              .formatted(file, VERSION, origin, found()));
    }
    end = header.length;
  }

  /** Whether the file begins with a header, as far as the file goes. */
  private boolean sameStart(byte[] header) throws IOException {
    ByteBuffer start = ByteBuffer.allocate((int) Math.min(header.length, channel.size()));
    readFully(start, 0);
    return start.flip().equals(ByteBuffer.wrap(header, 0, start.limit()));
  }

  /** Version and origin in the file's header. */
  private String found() throws IOException {
    ByteBuffer start = ByteBuffer.allocate((int) Math.min(LONGEST_HEADER_BYTES, channel.size()));
    readFully(start, 0);
    start.flip();
    if (start.remaining() < 2 * Integer.BYTES) {
      return "something else";
    }
    int version = start.getInt();
    int bytes = start.getInt();
    if (bytes < 0 || bytes > start.remaining()) {
      return "something else";
    }
    String origin = StandardCharsets.UTF_8.decode(start.limit(start.position() + bytes)).toString();
    return "those of version %d, %s".formatted(version, origin);
  }

  private static byte[] header(String origin) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(VERSION);
    writeText(out, origin);
    return bytes.toByteArray();
  }

  private static void writeText(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private void readIndex() throws IOException {
    long size = channel.size();
    while (end + Integer.BYTES <= size) {
      ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);
      readFully(length, end);
      int bytes = length.getInt(0);
      long begin = end + Integer.BYTES;
      if (bytes <= 0 || begin + bytes > size) {
        break;
      }
      index(begin, bytes);
      end = begin + bytes;
    }
    channel.truncate(end);
  }

  private void index(long begin, int bytes) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(Math.min(bytes, 1 << 10));
    readFully(head, begin);
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(head.array()));
    String key = new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    records.put(key, new Record(begin, bytes, in.readInt()));
  }

  boolean contains(String key) {
    return records.containsKey(key);
  }

  /** Number of rows of a record. */
  int time(String key) {
    return find(key).time();
  }

  private Record find(String key) {
    Record record = records.get(key);
    if (record == null) {
      throw new IllegalArgumentException("clip " + key + " is not in " + file);
    }
    return record;
  }

  /** Appends a record. */
  void append(String key, UtteranceFeatures features) throws IOException {
    byte[] packed = pack(key, features);
    ByteBuffer record = ByteBuffer.allocate(Integer.BYTES + packed.length);
    record.putInt(packed.length).put(packed).flip();
    write(record, end);
    records.put(key, new Record(end + Integer.BYTES, packed.length, features.rows().time()));
    end += Integer.BYTES + packed.length;
  }

  private static byte[] pack(String key, UtteranceFeatures features) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    TokenFeatures rows = features.rows();
    writeText(out, key);
    out.writeInt(rows.time());
    out.writeInt(rows.width());
    out.writeInt(features.statistics().length);
    for (float value : rows.values()) {
      float limited = Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, value * SCALE));
      out.writeShort(Math.round(limited));
    }
    for (float value : features.statistics()) {
      out.writeFloat(value);
    }
    return bytes.toByteArray();
  }

  /** Reads a record. */
  UtteranceFeatures read(String key) {
    ByteBuffer in = payload(key);
    int time = in.getInt();
    int width = in.getInt();
    int statistics = in.getInt();
    float[] values = new float[time * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.getShort() / SCALE;
    }
    float[] floats = new float[statistics];
    in.asFloatBuffer().get(floats);
    return new UtteranceFeatures(new TokenFeatures(values, time, width), floats);
  }

  /** Reads the statistics of a record alone. */
  float[] readStatistics(String key) {
    ByteBuffer in = payload(key);
    int values = in.getInt() * in.getInt();
    float[] statistics = new float[in.getInt()];
    in.position(in.position() + values * Short.BYTES).asFloatBuffer().get(statistics);
    return statistics;
  }

  /** What follows the key of a record. */
  private ByteBuffer payload(String key) {
    Record record = find(key);
    ByteBuffer bytes = ByteBuffer.allocate(record.bytes());
    try {
      readFully(bytes, record.begin());
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
    bytes.flip();
    return bytes.position(Integer.BYTES + bytes.getInt());
  }

  private void readFully(ByteBuffer bytes, long position) throws IOException {
    while (bytes.hasRemaining()) {
      int read = channel.read(bytes, position + bytes.position());
      if (read < 0) {
        throw new EOFException(file + " ends at " + channel.size());
      }
    }
  }

  private void write(ByteBuffer bytes, long position) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes, position + bytes.position());
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
