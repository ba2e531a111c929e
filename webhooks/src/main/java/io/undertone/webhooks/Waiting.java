package io.undertone.webhooks;

import io.undertone.schemas.Alert;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record whose alert has not been sent yet.
 *
 * @param readNanos when it was read, by {@link System#nanoTime}
 */
record Waiting(
    ConsumerRecord<byte[], byte[]> record, Alert alert, Message message, long readNanos) {

  boolean isOfCall(Alert other) {
    return alert.getTenant().equals(other.getTenant())
        && alert.getConversationId().equals(other.getConversationId());
  }
}
