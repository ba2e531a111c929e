package io.undertone.jobs.kafka;

import io.undertone.jobs.options.JobOptions;
import io.undertone.jobs.options.KafkaOptions;
import io.undertone.jobs.options.TopicNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * Creates topics, or checks that they exist; fails within seconds if the broker does not answer.
 */
public final class Topics implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration RETRY_INTERVAL = Duration.ofMillis(50);

  /**
   * The broker timestamps records with its own clock. With the capture time as timestamp, a replay
   * of an old call would exceed the topic's retention, and Kafka would delete it within seconds.
   */
  private static final Map<String, String> SETTINGS =
      Map.of(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");

  private final String bootstrapServers;
  private final Admin admin;

  private Topics(String bootstrapServers, Admin admin) {
    this.bootstrapServers = bootstrapServers;
    this.admin = admin;
  }

  /** The broker of a job. */
  public static Topics of(JobOptions options) throws TopicUnavailableException {
    return at(options.get(KafkaOptions.BOOTSTRAP_SERVERS), options.kafkaClientProperties());
  }

  /**
   * Creates a client of a broker; it sends nothing yet.
   *
   * @param clientProperties further properties of Kafka's client, such as credentials
   * @throws TopicUnavailableException if no server's address can be resolved
   */
  public static Topics at(String bootstrapServers, Map<String, String> clientProperties)
      throws TopicUnavailableException {
    Map<String, Object> config =
        new HashMap<>(ClientProperties.of(clientProperties, AdminClientConfig.configNames()));
    config.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.toIntExact(TIMEOUT.toMillis()));
    config.put(
        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(TIMEOUT.toMillis()));
    try {
      return new Topics(bootstrapServers, Admin.create(config));
    } catch (KafkaException e) {
      Throwable cause = e.getCause() instanceof ConfigException ? e.getCause() : e;
      throw new TopicUnavailableException(
          "cannot create a Kafka client for " + bootstrapServers + ": " + cause.getMessage(), e);
    }
  }

  /**
   * Creates those topics that are missing, with one replica, and waits until their partitions have
   * leaders.
   *
   * @param partitions of the topics of audio chunks and events; the others have one
   */
  public void createMissing(TopicNames topics, int partitions) throws TopicUnavailableException {
    Map<String, Integer> wanted = new HashMap<>();
    for (String topic : topics.all()) {
      boolean partitioned = topic.equals(topics.audioChunks()) || topic.equals(topics.events());
      wanted.put(topic, partitioned ? partitions : 1);
    }
    createMissing(wanted);
  }

  /**
   * Creates those topics that are missing, with one replica, and waits until their partitions have
   * leaders.
   *
   * @param partitions by topic
   */
  public void createMissing(Map<String, Integer> partitions) throws TopicUnavailableException {
    List<NewTopic> missing = new ArrayList<>();
    for (String topic : missing(partitions.keySet())) {
      int count = partitions.getOrDefault(topic, 1);
      missing.add(new NewTopic(topic, count, (short) 1).configs(SETTINGS));
    }
    CreateTopicsResult created = admin.createTopics(missing);
    List<TopicPartition> newPartitions = new ArrayList<>();
    for (NewTopic topic : missing) {
      int count = await(created.numPartitions(topic.name()));
      for (int partition = 0; partition < count; partition++) {
        newPartitions.add(new TopicPartition(topic.name(), partition));
      }
    }
    awaitLeaders(newPartitions);
  }

  /**
   * Waits until the leaders of the partitions answer. If a producer wrote earlier, the broker could
   * reject its first batch and accept the second. It would then reject the retries of the first as
   * out of sequence until they expire.
   *
   * <p>A broker learns of a topic some time after the controller has created it, and Kafka's client
   * does not retry an unknown topic, so this method does.
   */
  private void awaitLeaders(List<TopicPartition> partitions) throws TopicUnavailableException {
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    partitions.forEach(partition -> ends.put(partition, OffsetSpec.latest()));
    long deadline = System.nanoTime() + TIMEOUT.toNanos();
    while (true) {
      try {
        await(admin.listOffsets(ends).all());
        return;
      } catch (TopicUnavailableException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)
            || System.nanoTime() - deadline > 0) {
          throw e;
        }
        LockSupport.parkNanos(RETRY_INTERVAL.toNanos());
      }
    }
  }

  /** Fails if a topic does not exist. */
  public void require(Collection<String> topics) throws TopicUnavailableException {
    SortedSet<String> missing = missing(topics);
    if (!missing.isEmpty()) {
      throw new TopicUnavailableException(
          "the broker at "
              + bootstrapServers
              + " must have the topic "
              + String.join(", ", missing)
              + ", but does not: create it, or name another");
    }
  }

  /** Those of the topics that do not exist. */
  public SortedSet<String> missing(Collection<String> topics) throws TopicUnavailableException {
    SortedSet<String> missing = new TreeSet<>(topics);
    missing.removeAll(names());
    return missing;
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }

  private Collection<String> names() throws TopicUnavailableException {
    return await(admin.listTopics().names());
  }

  private <T> T await(Future<T> future) throws TopicUnavailableException {
    try {
      return future.get(TIMEOUT.toMillis() + 1000, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw unavailable(cause.getMessage(), cause);
    } catch (TimeoutException e) {
      // It has no message.
      throw unavailable("none within " + TIMEOUT.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable("interrupted", e);
    }
  }

  private TopicUnavailableException unavailable(@Nullable String reason, Throwable cause) {
    return new TopicUnavailableException(
        "no answer from a Kafka broker at " + bootstrapServers + ": " + reason, cause);
  }
}
