package io.undertone.jobs.kafka;

import io.undertone.operators.Conversation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.avro.message.MessageEncoder;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Kafka records with a value in Avro's single-object encoding: two marker bytes, the fingerprint of
 * the writer's schema, the data.
 */
public final class SingleObject {

  private SingleObject() {}

  /**
   * A record without a timestamp; the client sets it when it sends the record. With the capture
   * time of the audio, a replay of an old call would exceed the topic's retention at once.
   */
  public static <T> ProducerRecord<byte[], byte[]> record(
      String topic, byte @Nullable [] key, MessageEncoder<T> encoder, T value) {
    try {
      ByteBuffer encoded = encoder.encode(value);
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return new ProducerRecord<>(topic, key, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot encode a record for " + topic, e);
    }
  }

  /** The key of a call's records. */
  public static byte[] keyOf(String tenant, String conversationId) {
    return new Conversation(tenant, conversationId).key().getBytes(StandardCharsets.UTF_8);
  }
}
