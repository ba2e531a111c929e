package io.undertone.jobs.kafka.source;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A topic as it is now.
 *
 * @param id Kafka's id of the topic
 * @param retentionMs how long it keeps records; {@link #EVERLASTING} if it keeps them all, or if it
 *     is unknown since the job may not ask
 */
record TopicState(Uuid id, Map<TopicPartition, Offsets> partitions, long retentionMs) {
  static final long EVERLASTING = Long.MAX_VALUE;

  private static final Logger LOG = LoggerFactory.getLogger(TopicState.class);

  /**
   * What a partition has.
   *
   * @param first offset of its first record
   * @param end offset after its last record
   */
  record Offsets(long first, long end) {}

  /**
   * Asks the broker; empty if it has no such topic.
   *
   * @throws KafkaException if the broker does not answer
   */
  static Optional<TopicState> of(String topic, Map<String, Object> clientProperties) {
    try (Admin admin = Admin.create(clientProperties)) {
      TopicDescription description =
          admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic);
      if (description == null) {
        throw new KafkaException("the broker must describe topic " + topic + ", but does not");
      }
      List<TopicPartition> partitions =
          description.partitions().stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      return Optional.of(
          new TopicState(
              description.topicId(), offsets(partitions, admin), retentionMs(topic, admin)));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return Optional.empty();
      }
      throw new KafkaException("cannot look at topic " + topic, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while looking at topic " + topic, e);
    }
  }

  /** That it is unknown must not keep the job from reading. */
  private static long retentionMs(String topic, Admin admin) throws InterruptedException {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    try {
      Config config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
      if (config == null) {
        return EVERLASTING;
      }
      long retentionMs = Long.parseLong(value(TopicConfig.RETENTION_MS_CONFIG, "-1", config));
      boolean deletes =
          value(TopicConfig.CLEANUP_POLICY_CONFIG, "", config)
              .contains(TopicConfig.CLEANUP_POLICY_DELETE);
      return deletes && retentionMs >= 0 ? retentionMs : EVERLASTING;
    } catch (ExecutionException e) {
      LOG.warn(
          "the retention of topic {} is unknown, which the job may ask for with DescribeConfigs: {}",
          topic,
          e.getMessage());
      return EVERLASTING;
    }
  }

  private static String value(String name, String otherwise, Config config) {
    ConfigEntry entry = config.get(name);
    return entry == null ? otherwise : entry.value();
  }

  private static Map<TopicPartition, Offsets> offsets(List<TopicPartition> partitions, Admin admin)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, Offsets> offsets = new HashMap<>();
    Map<TopicPartition, ListOffsetsResultInfo> ends = list(partitions, OffsetSpec.latest(), admin);
    list(partitions, OffsetSpec.earliest(), admin)
        .forEach(
            (partition, first) -> {
              ListOffsetsResultInfo end = ends.getOrDefault(partition, first);
              offsets.put(partition, new Offsets(first.offset(), end.offset()));
            });
    return offsets;
  }

  private static Map<TopicPartition, ListOffsetsResultInfo> list(
      List<TopicPartition> partitions, OffsetSpec which, Admin admin)
      throws ExecutionException, InterruptedException {
    return admin
        .listOffsets(
            partitions.stream()
                .collect(Collectors.toMap(partition -> partition, partition -> which)))
        .all()
        .get();
  }
}
