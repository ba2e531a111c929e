package io.undertone.jobs.kafka;

import io.undertone.jobs.options.TopicNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

/** Makes topics, and tells whether they are there, within seconds. */
public final class Topics implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration ASK_AGAIN_AFTER = Duration.ofMillis(50);

  /**
   * What topics of audio and events are made with. The broker stamps records by its own clock:
   * audio that is played again keeps its capture time in the record, and would be deleted within
   * seconds if Kafka counted retention from it.
   */
  private static final Map<String, String> SETTINGS =
      Map.of(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");

  private final String bootstrapServers;
  private final Admin admin;

  private Topics(String bootstrapServers, Admin admin) {
    this.bootstrapServers = bootstrapServers;
    this.admin = admin;
  }

  /**
   * Prepares to ask a broker; nothing is sent yet.
   *
   * @param clientProperties what Kafka's client is told besides, such as how to log in
   * @throws TopicUnavailableException if no address can be made of the servers
   */
  public static Topics at(String bootstrapServers, Map<String, String> clientProperties)
      throws TopicUnavailableException {
    Map<String, Object> config = new HashMap<>(clientProperties);
    config.keySet().retainAll(AdminClientConfig.configNames());
    config.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.toIntExact(PATIENCE.toMillis()));
    config.put(
        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(PATIENCE.toMillis()));
    try {
      return new Topics(bootstrapServers, Admin.create(config));
    } catch (KafkaException e) {
      Throwable cause = e.getCause() instanceof ConfigException ? e.getCause() : e;
      throw new TopicUnavailableException(
          "Kafka's client cannot be set up for " + bootstrapServers + ": " + cause.getMessage(), e);
    }
  }

  /**
   * Makes those of the four topics that are not there, with one replica, and waits until they take
   * records.
   *
   * @param partitions of the topics of audio and events; dead letters and late audio have one
   */
  public void createMissing(TopicNames topics, int partitions) throws TopicUnavailableException {
    Collection<String> there = names();
    List<NewTopic> missing = new ArrayList<>();
    for (String topic : topics.all()) {
      boolean busy = topic.equals(topics.audioChunks()) || topic.equals(topics.events());
      if (!there.contains(topic)) {
        missing.add(new NewTopic(topic, busy ? partitions : 1, (short) 1).configs(SETTINGS));
      }
    }
    CreateTopicsResult created = admin.createTopics(missing);
    List<TopicPartition> partitionsMade = new ArrayList<>();
    for (NewTopic topic : missing) {
      int count = await(created.numPartitions(topic.name()));
      for (int partition = 0; partition < count; partition++) {
        partitionsMade.add(new TopicPartition(topic.name(), partition));
      }
    }
    awaitLeaders(partitionsMade);
  }

  /**
   * Waits until the partitions' leaders answer. A producer that writes before may see its first
   * batch refused and a later one taken; from then on the broker takes none of its batches, since
   * their sequence numbers lie behind, until they expire.
   *
   * <p>A broker learns of a topic some time after the controller has made it, and Kafka's client
   * does not ask again for a topic that a broker calls unknown: that is done here.
   */
  private void awaitLeaders(List<TopicPartition> partitions) throws TopicUnavailableException {
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    partitions.forEach(partition -> ends.put(partition, OffsetSpec.latest()));
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        await(admin.listOffsets(ends).all());
        return;
      } catch (TopicUnavailableException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)
            || System.nanoTime() - deadline > 0) {
          throw e;
        }
        LockSupport.parkNanos(ASK_AGAIN_AFTER.toNanos());
      }
    }
  }

  /** Makes sure that topics are there. */
  public void require(Collection<String> topics) throws TopicUnavailableException {
    TreeSet<String> absent = new TreeSet<>(topics);
    absent.removeAll(names());
    if (!absent.isEmpty()) {
      throw new TopicUnavailableException(
          "the broker at "
              + bootstrapServers
              + " must have the topic "
              + String.join(", ", absent)
              + ", but does not: create it, or name another");
    }
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
      return future.get(PATIENCE.toMillis() + 1000, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw unavailable(e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      throw unavailable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable(e);
    }
  }

  private TopicUnavailableException unavailable(Throwable cause) {
    return new TopicUnavailableException(
        "no answer from a Kafka broker at " + bootstrapServers + ": " + cause.getMessage(), cause);
  }
}
