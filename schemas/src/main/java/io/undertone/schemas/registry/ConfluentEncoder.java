package io.undertone.schemas.registry;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.apache.avro.Schema;
import org.apache.avro.message.MessageEncoder;
import org.apache.avro.message.RawMessageEncoder;
import org.apache.avro.specific.SpecificData;

/**
 * Confluent's wire format: a zero byte, the id of the schema in four bytes, big endian, and plain
 * Avro binary.
 */
public final class ConfluentEncoder<T> implements MessageEncoder<T> {
  static final int MAGIC = 0;

  private final byte[] header;
  private final MessageEncoder<T> data;

  /**
   * Encodes records of a schema.
   *
   * @param id that a registry has given the schema
   */
  public ConfluentEncoder(Schema schema, int id) {
    header = ByteBuffer.allocate(1 + Integer.BYTES).put((byte) MAGIC).putInt(id).array();
    data = new RawMessageEncoder<>(SpecificData.getForSchema(schema), schema);
  }

  @Override
  public ByteBuffer encode(T value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    encode(value, bytes);
    return ByteBuffer.wrap(bytes.toByteArray());
  }

  @Override
  public void encode(T value, OutputStream stream) throws IOException {
    stream.write(header);
    data.encode(value, stream);
  }
}
