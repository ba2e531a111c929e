package io.undertone.dashboard.topics;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.AvroRuntimeException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads topics on a thread of its own: first the history, then all that comes. It belongs to no
 * consumer group, and commits nothing: each server reads everything.
 */
public final class TopicFollower implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TopicFollower.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final long LOOK_FOR_PARTITIONS_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long PATIENCE_MS = 10_000;
  private static final int API_TIMEOUT_MS = 10_000;

  /** The first one's offsets are told. */
  private final Map<String, Followed<?>> topics = new LinkedHashMap<>();

  private final Duration history;
  private final Consumer<byte[], byte[]> consumer;
  private final Offsets offsets = new Offsets();
  private final AtomicLong unreadable = new AtomicLong();
  private final Map<TopicPartition, Long> untilHistoryIsRead = new HashMap<>();
  private final Thread thread;
  private volatile boolean historyIsRead;
  private volatile boolean closed;
  private volatile Set<String> existing = Set.of();
  private volatile @Nullable String failure;

  private TopicFollower(
      List<Followed<?>> topics, Duration history, Consumer<byte[], byte[]> consumer) {
    topics.forEach(topic -> this.topics.put(topic.topic(), topic));
    this.history = history;
    this.consumer = consumer;
    this.thread = new Thread(this::run, "undertone-dashboard-reader");
    thread.setDaemon(true);
  }

  /**
   * Starts to read.
   *
   * @param topics the first one is that of events, whose offsets are told
   * @param history how far to read back
   * @param clientProperties of a Kafka consumer, its servers among them
   * @throws KafkaException if they are unusable
   */
  public static TopicFollower start(
      List<Followed<?>> topics, Duration history, Map<String, ?> clientProperties) {
    Map<String, Object> config = new HashMap<>(clientProperties);
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.putIfAbsent(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    // What asks for partitions fails if Kafka is away for so long: poll() would wait for ever.
    config.putIfAbsent(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, API_TIMEOUT_MS);
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    TopicFollower follower =
        new TopicFollower(
            topics,
            history,
            new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
    follower.thread.start();
    return follower;
  }

  /** Whether all events are read that were in the topic at the start. */
  public boolean historyIsRead() {
    return historyIsRead;
  }

  /** Why nothing is read at present; null if all is well. */
  public @Nullable String failure() {
    return failure;
  }

  /** Records that are not what their topic should have. */
  public long unreadable() {
    return unreadable.get();
  }

  /** Whether a topic exists, as of ten seconds ago at most. */
  public boolean knows(String topic) {
    return existing.contains(topic);
  }

  public Offsets offsets() {
    return offsets;
  }

  private void run() {
    long lookedNanos = System.nanoTime() - LOOK_FOR_PARTITIONS_NANOS;
    while (!closed) {
      try {
        if (System.nanoTime() - lookedNanos >= LOOK_FOR_PARTITIONS_NANOS) {
          assignNewPartitions();
          lookedNanos = System.nanoTime();
        }
        consumer.poll(POLL).forEach(this::take);
        updateHistory();
        failure = null;
      } catch (WakeupException e) {
        // close() ends the loop.
      } catch (KafkaException | IllegalStateException e) {
        fail(e);
      }
    }
    consumer.close();
  }

  /** Kafka may come back: the screens say that it is away. */
  private void fail(RuntimeException e) {
    if (failure == null) {
      LOG.warn("cannot read {}: {}", topics.keySet(), e.getMessage());
    }
    failure = e.getClass().getSimpleName() + ": " + e.getMessage();
    try {
      TimeUnit.MILLISECONDS.sleep(RETRY.toMillis());
    } catch (InterruptedException interrupted) {
      closed = true;
    }
  }

  private void assignNewPartitions() {
    Set<TopicPartition> known = consumer.assignment();
    List<TopicPartition> found = new ArrayList<>();
    // The client complains of a topic that does not exist if it is asked for it alone.
    Map<String, List<PartitionInfo>> all = consumer.listTopics();
    existing = Set.copyOf(all.keySet());
    for (Followed<?> topic : topics.values()) {
      found.addAll(partitions(topic, all.get(topic.topic())));
    }
    Set<TopicPartition> added = new HashSet<>(found);
    added.removeAll(known);
    if (added.isEmpty()) {
      return;
    }
    Map<TopicPartition, Long> ends = consumer.endOffsets(added);
    Map<TopicPartition, Long> starts = starts(added);
    consumer.assign(found);
    starts.forEach(consumer::seek);
    if (!historyIsRead) {
      untilHistoryIsRead.putAll(ends);
    }
  }

  private static List<TopicPartition> partitions(
      Followed<?> topic, @Nullable List<PartitionInfo> found) {
    List<TopicPartition> partitions = new ArrayList<>();
    if (found != null) {
      found.forEach(info -> partitions.add(new TopicPartition(info.topic(), info.partition())));
    } else if (topic.required()) {
      throw new IllegalStateException("the topic " + topic.topic() + " does not exist");
    }
    return partitions;
  }

  /** The first record of the history in each partition; its end if all records are older. */
  private Map<TopicPartition, Long> starts(Collection<TopicPartition> partitions) {
    long since = System.currentTimeMillis() - history.toMillis();
    Map<TopicPartition, Long> times = new HashMap<>();
    partitions.forEach(partition -> times.put(partition, since));
    Map<TopicPartition, Long> starts = new HashMap<>(consumer.endOffsets(partitions));
    for (Map.Entry<TopicPartition, @Nullable OffsetAndTimestamp> found :
        consumer.offsetsForTimes(times).entrySet()) {
      OffsetAndTimestamp offset = found.getValue();
      if (offset != null) {
        starts.put(found.getKey(), offset.offset());
      }
    }
    return starts;
  }

  private void take(ConsumerRecord<byte[], byte[]> message) {
    Followed<?> topic = topics.get(message.topic());
    if (topic == null) {
      throw new IllegalStateException("nobody asked for " + message.topic());
    }
    try {
      if (message.value() == null) {
        throw new IOException("a record without a value");
      }
      topic.take(message.value(), message.timestamp());
    } catch (IOException | AvroRuntimeException e) {
      skip(message, e);
    }
    if (topics.keySet().iterator().next().equals(message.topic())) {
      offsets.set(message.partition(), message.offset() + 1);
    }
  }

  private void skip(ConsumerRecord<byte[], byte[]> message, Exception e) {
    if (unreadable.getAndIncrement() == 0) {
      LOG.warn(
          "{}, partition {}, offset {} cannot be read; it and all further ones are skipped: {}",
          message.topic(),
          message.partition(),
          message.offset(),
          e.getMessage());
    }
  }

  private void updateHistory() {
    if (historyIsRead || consumer.assignment().isEmpty()) {
      return;
    }
    untilHistoryIsRead
        .entrySet()
        .removeIf(entry -> consumer.position(entry.getKey()) >= entry.getValue());
    historyIsRead = untilHistoryIsRead.isEmpty();
  }

  @Override
  public void close() {
    closed = true;
    consumer.wakeup();
    try {
      thread.join(PATIENCE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
