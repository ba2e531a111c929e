package io.undertone.analytics.topics;

import io.undertone.schemas.ErasureRecord;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.avro.message.MessageDecoder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** The calls that were erased, as the audit topic has them: it is small, and kept for long. */
public final class ErasedCalls {

  private ErasedCalls() {}

  /**
   * All calls that a topic has now.
   *
   * @param auditTopic of erasure records, which must exist
   * @throws IOException if a record is none of a published schema
   */
  public static Set<Call> in(
      String auditTopic, TopicReader reader, MessageDecoder<ErasureRecord> decoder)
      throws IOException {
    Set<Call> erased = new HashSet<>();
    reader.start(Set.of(auditTopic), Map.of());
    Map<TopicPartition, Long> ends = reader.ends();
    while (!reader.hasReached(ends)) {
      for (ConsumerRecord<byte[], byte[]> record : reader.next()) {
        ErasureRecord erasure = RecordValues.decode(decoder, record);
        erased.add(new Call(erasure.getTenant(), erasure.getConversationId()));
      }
    }
    return erased;
  }
}
