package io.undertone.operators.decode;

import io.undertone.operators.RecordCoordinates;
import org.jspecify.annotations.Nullable;

/**
 * A record as read from Kafka.
 *
 * @param key as read, or null
 * @param value as read, or null
 * @param timestampMs the record's timestamp, since 1970-01-01 UTC
 */
public record IncomingRecord(
    String topic,
    int partition,
    long offset,
    byte @Nullable [] key,
    byte @Nullable [] value,
    long timestampMs) {

  public RecordCoordinates coordinates() {
    return new RecordCoordinates(topic, partition, offset);
  }
}
