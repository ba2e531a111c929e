package io.undertone.operators.decode;

import io.undertone.operators.RecordCoordinates;
import io.undertone.operators.Stage;
import io.undertone.operators.chunk.DeadLetters;
import io.undertone.operators.chunk.LetterBuilder;
import io.undertone.schemas.DeadLetterReason;
import java.nio.ByteBuffer;
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

  /** Starts the dead letter of this record, without a value. */
  LetterBuilder letter(DeadLetterReason reason, Exception cause) {
    LetterBuilder letter =
        DeadLetters.letter(coordinates(), Stage.DECODE, reason, String.valueOf(cause.getMessage()));
    return key == null ? letter : letter.setKey(ByteBuffer.wrap(key));
  }
}
