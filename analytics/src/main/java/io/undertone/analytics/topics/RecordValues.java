package io.undertone.analytics.topics;

import java.io.IOException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.message.MessageDecoder;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Values of records. */
public final class RecordValues {

  private RecordValues() {}

  /**
   * The value of a record.
   *
   * @throws IOException if there is none, or it cannot be decoded; names the record's coordinates
   */
  public static <T> T decode(MessageDecoder<T> decoder, ConsumerRecord<byte[], byte[]> record)
      throws IOException {
    try {
      if (record.value() == null) {
        throw new IOException("it has no value");
      }
      return decoder.decode(record.value());
    } catch (IOException | AvroRuntimeException e) {
      throw new IOException(
          "the record at %s-%d@%d must be of a published schema, but is not, or was written by a later version: %s"
              .formatted(record.topic(), record.partition(), record.offset(), e.getMessage()),
          e);
    }
  }
}
