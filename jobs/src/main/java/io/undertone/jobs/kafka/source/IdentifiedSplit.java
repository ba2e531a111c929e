package io.undertone.jobs.kafka.source;

import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.common.Uuid;

/** How far a partition is read, and Kafka's id of its topic: a topic created anew has another. */
final class IdentifiedSplit extends KafkaPartitionSplit {
  private final Uuid topicId;

  IdentifiedSplit(KafkaPartitionSplit split, Uuid topicId) {
    super(
        split.getTopicPartition(),
        split.getStartingOffset(),
        split.getStoppingOffset().orElse(NO_STOPPING_OFFSET));
    this.topicId = topicId;
  }

  Uuid topicId() {
    return topicId;
  }
}
