package io.undertone.dashboard.topics;

import io.undertone.schemas.registry.SchemaRegistry;
import io.undertone.schemas.registry.ValueDecoder;
import java.io.IOException;
import java.util.function.ObjLongConsumer;
import org.apache.avro.Schema;
import org.apache.avro.message.MessageDecoder;
import org.jspecify.annotations.Nullable;

/**
 * A topic that is followed.
 *
 * @param required whether the dashboard is of no use without it; if not, it may come later
 */
public record Followed<T>(
    String topic, boolean required, MessageDecoder<T> decoder, ObjLongConsumer<T> taker) {

  /**
   * A topic of records in single-object encoding, or in Confluent's wire format.
   *
   * @param registry of schemas; null if no record is in Confluent's wire format
   * @param taker takes each record, and when the broker got it
   */
  public static <T> Followed<T> of(
      String topic,
      boolean required,
      Schema schema,
      @Nullable SchemaRegistry registry,
      ObjLongConsumer<T> taker) {
    return new Followed<>(topic, required, ValueDecoder.of(schema, registry), taker);
  }

  void take(byte[] value, long recordMs) throws IOException {
    taker.accept(decoder.decode(value), recordMs);
  }
}
