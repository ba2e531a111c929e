package io.undertone.cli.redrive;

import io.undertone.analytics.topics.TopicReader;
import io.undertone.operators.Stage;
import io.undertone.schemas.DeadLetter;
import io.undertone.schemas.DeadLetterReason;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Finds the records of dead letters: in their topic as long as it has them, then in the letters.
 */
final class Originals {
  private static final Comparator<DeadLetter> BY_COORDINATES =
      Comparator.comparing(DeadLetter::getTopic)
          .thenComparing(DeadLetter::getPartition)
          .thenComparing(DeadLetter::getOffset);

  private final String audioTopic;
  private final TopicReader reader;

  /** Coordinates of records that were sent again and refused again. */
  private final Set<String> sentBefore = new HashSet<>();

  Originals(String audioTopic, TopicReader reader) {
    this.audioTopic = audioTopic;
    this.reader = reader;
  }

  /** What can be done about each letter, in the order in which the job read their records. */
  List<Redrivable> of(List<DeadLetter> letters) {
    List<Redrivable> found = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (DeadLetter letter : letters.stream().sorted(BY_COORDINATES).toList()) {
      Redrivable one = redrivable(letter);
      // With delivery at least once a letter may be there twice.
      if (seen.add(one.coordinates() + letter.getStage())) {
        found.add(one);
      }
    }
    return found.stream().map(this::unlessSentBefore).toList();
  }

  private Redrivable unlessSentBefore(Redrivable one) {
    return sentBefore.contains(one.coordinates())
        ? Redrivable.not(one.letter(), Verdict.SENT_BEFORE)
        : one;
  }

  private Redrivable redrivable(DeadLetter letter) {
    if (letter.getReason() == DeadLetterReason.UNRECOGNIZABLE) {
      return Redrivable.not(letter, Verdict.UTTERANCE);
    }
    if (!letter.getTopic().equals(audioTopic)) {
      return Redrivable.not(letter, Verdict.OTHER_TOPIC);
    }
    if (mustNotBeUsed(letter)) {
      return Redrivable.not(letter, Verdict.DENIED);
    }
    Optional<ConsumerRecord<byte[], byte[]>> original =
        reader.at(letter.getTopic(), letter.getPartition(), letter.getOffset());
    if (original.isPresent()) {
      return ofOriginal(letter, original.get());
    }
    return letter.getValue() == null || isCut(letter, "key")
        ? Redrivable.not(letter, Verdict.GONE)
        : Redrivable.sendable(
            letter, record(letter, bytes(letter.getKey()), bytes(letter.getValue()), List.of()));
  }

  private Redrivable ofOriginal(DeadLetter letter, ConsumerRecord<byte[], byte[]> original) {
    Optional<String> first = OriginHeader.in(original.headers());
    if (first.isPresent()) {
      sentBefore.add(first.get());
      return Redrivable.not(letter, Verdict.SENT_BEFORE);
    }
    return Redrivable.sendable(
        letter, record(letter, original.key(), original.value(), original.headers()));
  }

  /** Later stages know whether a call was denied, and then leave the value out. */
  private static boolean mustNotBeUsed(DeadLetter letter) {
    return !letter.getStage().equals(Stage.DECODE.label())
        && letter.getValue() == null
        && !isCut(letter, "value");
  }

  private static boolean isCut(DeadLetter letter, String field) {
    return letter.getCut().stream().anyMatch(cut -> cut.getField().equals(field));
  }

  private static ProducerRecord<byte[], byte[]> record(
      DeadLetter letter, byte @Nullable [] key, byte @Nullable [] value, Iterable<Header> headers) {
    RecordHeaders marked = new RecordHeaders(headers);
    marked.add(
        OriginHeader.of(
            OriginHeader.coordinates(
                letter.getTopic(), letter.getPartition(), letter.getOffset())));
    return new ProducerRecord<>(letter.getTopic(), null, null, key, value, marked);
  }

  private static byte @Nullable [] bytes(@Nullable ByteBuffer buffer) {
    if (buffer == null) {
      return null;
    }
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
