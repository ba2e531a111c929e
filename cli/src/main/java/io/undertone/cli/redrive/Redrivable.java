package io.undertone.cli.redrive;

import io.undertone.schemas.DeadLetter;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A dead letter and what can be done about it.
 *
 * @param record the record to send; empty unless the verdict is SENDABLE
 */
record Redrivable(
    DeadLetter letter, Verdict verdict, Optional<ProducerRecord<byte[], byte[]>> record) {

  static Redrivable sendable(DeadLetter letter, ProducerRecord<byte[], byte[]> record) {
    return new Redrivable(letter, Verdict.SENDABLE, Optional.of(record));
  }

  static Redrivable not(DeadLetter letter, Verdict verdict) {
    return new Redrivable(letter, verdict, Optional.empty());
  }

  /** Topic, partition and offset of the letter's record. */
  String coordinates() {
    return OriginHeader.coordinates(letter.getTopic(), letter.getPartition(), letter.getOffset());
  }
}
