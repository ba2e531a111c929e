package io.undertone.webhooks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Where a group begins to read. One that is new begins at the end: nobody wants to be told last
 * month's alerts. A partition that is new to a group which has been there before is read from its
 * start, since what it has came meanwhile.
 */
final class Positions {
  private Positions() {}

  /** Seeks where nothing is committed, and commits that at once: a crash must not move it. */
  static void begin(Consumer<?, ?> consumer, String topic, Collection<TopicPartition> assigned) {
    Set<TopicPartition> all = new HashSet<>();
    consumer
        .partitionsFor(topic)
        .forEach(info -> all.add(new TopicPartition(topic, info.partition())));
    Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(all);
    boolean isNew = committed.values().stream().allMatch(offset -> offset == null);
    List<TopicPartition> unknown = new ArrayList<>();
    for (TopicPartition partition : assigned) {
      if (committed.get(partition) == null) {
        unknown.add(partition);
      }
    }
    if (unknown.isEmpty()) {
      return;
    }
    if (isNew) {
      consumer.seekToEnd(unknown);
    } else {
      consumer.seekToBeginning(unknown);
    }
    Map<TopicPartition, OffsetAndMetadata> begins = new HashMap<>();
    unknown.forEach(
        partition -> begins.put(partition, new OffsetAndMetadata(consumer.position(partition))));
    consumer.commitSync(begins);
  }
}
