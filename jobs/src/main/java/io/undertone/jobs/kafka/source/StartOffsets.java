package io.undertone.jobs.kafka.source;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * Where a job without a checkpoint starts to read. Unlike the connector's own, these do not let the
 * consumer move to another offset by itself when records are gone: it fails, and when the reader
 * starts again, it looks at what is there.
 */
public enum StartOffsets implements OffsetsInitializer {
  /** Where the consumer group was; at the earliest offset of partitions that it does not know. */
  COMMITTED {
    @Override
    public Map<TopicPartition, Long> getPartitionOffsets(
        Collection<TopicPartition> partitions, PartitionOffsetsRetriever broker) {
      Map<TopicPartition, Long> offsets = new HashMap<>(broker.committedOffsets(partitions));
      List<TopicPartition> unknown = new ArrayList<>(partitions);
      unknown.removeAll(offsets.keySet());
      offsets.putAll(broker.beginningOffsets(unknown));
      return offsets;
    }
  },
  /** With the first record. */
  EARLIEST {
    @Override
    public Map<TopicPartition, Long> getPartitionOffsets(
        Collection<TopicPartition> partitions, PartitionOffsetsRetriever broker) {
      return OffsetsInitializer.earliest().getPartitionOffsets(partitions, broker);
    }
  },
  /** After the last record. */
  LATEST {
    @Override
    public Map<TopicPartition, Long> getPartitionOffsets(
        Collection<TopicPartition> partitions, PartitionOffsetsRetriever broker) {
      return OffsetsInitializer.latest().getPartitionOffsets(partitions, broker);
    }
  };

  @Override
  public OffsetResetStrategy getAutoOffsetResetStrategy() {
    return OffsetResetStrategy.NONE;
  }
}
