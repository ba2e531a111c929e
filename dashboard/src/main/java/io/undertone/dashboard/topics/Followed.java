package io.undertone.dashboard.topics;

import io.undertone.schemas.PublishedSchemas;
import java.io.IOException;
import java.util.function.ObjLongConsumer;
import org.apache.avro.Schema;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.specific.SpecificData;

/**
 * A topic that is followed.
 *
 * @param required whether the dashboard is of no use without it; if not, it may come later
 */
public record Followed<T>(
    String topic, boolean required, BinaryMessageDecoder<T> decoder, ObjLongConsumer<T> taker) {

  /**
   * A topic of records in single-object encoding.
   *
   * @param taker takes each record, and when the broker got it
   */
  public static <T> Followed<T> of(
      String topic, boolean required, Schema schema, ObjLongConsumer<T> taker) {
    return new Followed<>(
        topic,
        required,
        new BinaryMessageDecoder<>(SpecificData.get(), schema, PublishedSchemas.store(schema)),
        taker);
  }

  void take(byte[] value, long recordMs) throws IOException {
    taker.accept(decoder.decode(value), recordMs);
  }
}
