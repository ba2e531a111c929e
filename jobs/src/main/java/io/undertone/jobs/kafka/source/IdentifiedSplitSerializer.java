package io.undertone.jobs.kafka.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplitSerializer;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.kafka.common.Uuid;

/**
 * Writes splits with the ids of their topics. Big endian, version 100:
 *
 * <pre>
 * i32        version of the rest
 * i64, i64   id of the topic; zeros if it is unknown
 * the rest   the split, as the connector writes it
 * </pre>
 *
 * <p>Lower versions are the connector's own, in savepoints from before.
 */
final class IdentifiedSplitSerializer implements SimpleVersionedSerializer<KafkaPartitionSplit> {
  private static final int VERSION = 100;
  private static final int HEADER_BYTES = Integer.BYTES + 2 * Long.BYTES;

  private final KafkaPartitionSplitSerializer connector = new KafkaPartitionSplitSerializer();

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(KafkaPartitionSplit split) throws IOException {
    Uuid id = split instanceof IdentifiedSplit known ? known.topicId() : Uuid.ZERO_UUID;
    byte[] rest = connector.serialize(split);
    return ByteBuffer.allocate(HEADER_BYTES + rest.length)
        .putInt(connector.getVersion())
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .put(rest)
        .array();
  }

  @Override
  public KafkaPartitionSplit deserialize(int version, byte[] bytes) throws IOException {
    if (version < VERSION) {
      return connector.deserialize(version, bytes);
    }
    if (version > VERSION || bytes.length < HEADER_BYTES) {
      throw new IOException(
          "a split must have version %d and %d bytes or more, but has version %d and %d bytes"
              .formatted(VERSION, HEADER_BYTES, version, bytes.length));
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    int restVersion = in.getInt();
    Uuid id = new Uuid(in.getLong(), in.getLong());
    byte[] rest = new byte[in.remaining()];
    in.get(rest);
    KafkaPartitionSplit split = connector.deserialize(restVersion, rest);
    return id.equals(Uuid.ZERO_UUID) ? split : new IdentifiedSplit(split, id);
  }
}
