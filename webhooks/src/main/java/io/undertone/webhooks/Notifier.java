package io.undertone.webhooks;

import io.undertone.schemas.Alert;
import io.undertone.schemas.AlertState;
import io.undertone.schemas.registry.SchemaRegistry;
import io.undertone.schemas.registry.ValueDecoder;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.AvroRuntimeException;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads alerts from Kafka and sends them to a webhook, each at least once. It commits what has been
 * sent, or given up: an alert waits in Kafka for as long as the service is away, and nobody waits
 * for the service. Several of the same group share the partitions.
 */
public final class Notifier implements AutoCloseable {
  /** How many alerts of a partition wait in memory, if nothing else is said. */
  public static final int DEFAULT_READ_AHEAD = 1_000;

  /** The topic of alerts that were given up, if nothing else is said. */
  public static final String DEFAULT_UNDELIVERED = "undertone.alerts.v1.undelivered";

  private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);
  private static final Duration IDLE_POLL = Duration.ofMillis(200);
  private static final Duration BUSY_POLL = Duration.ofMillis(10);

  private final Settings settings;
  private final WebhookClient client;
  private final UndeliveredTopic undelivered;
  private final Consumer<byte[], byte[]> consumer;
  private final ValueDecoder<Alert> decoder;
  private final Map<TopicPartition, Lane> lanes = new HashMap<>();
  private final Map<TopicPartition, Long> committed = new HashMap<>();
  private final Counts counts = Counts.zero();
  private volatile boolean closed;

  /**
   * What a notifier needs to know.
   *
   * @param topic of alerts
   * @param registry of the alerts' schemas; null if no alert is in Confluent's wire format
   * @param undelivered topic of those that were given up
   * @param dashboard where the dashboard is; null if messages need no link
   * @param readAhead how many alerts of a partition wait in memory; an erasure among them is obeyed
   *     at once
   * @param group of consumers that share the work
   * @param consumer properties of a Kafka consumer, its servers among them
   * @param producer properties of a Kafka producer, its servers among them
   */
  public record Settings(
      Webhook webhook,
      String topic,
      @Nullable SchemaRegistry registry,
      String undelivered,
      @Nullable URI dashboard,
      RetryPolicy retries,
      int readAhead,
      String group,
      Map<String, ?> consumer,
      Map<String, ?> producer) {}

  /** Connects to Kafka when it runs. */
  public Notifier(Settings settings) {
    this.settings = settings;
    decoder = ValueDecoder.of(Alert.getClassSchema(), settings.registry());
    client = new WebhookClient(settings.webhook(), InstantSource.system());
    Map<String, Object> config = new HashMap<>(settings.consumer());
    config.put(ConsumerConfig.GROUP_ID_CONFIG, settings.group());
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.putIfAbsent(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    // Where retention has deleted what was committed; the beginning is for Positions to say.
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    undelivered = new UndeliveredTopic(settings.undelivered(), settings.producer());
  }

  /** What it has done so far. */
  public Counts counts() {
    return counts;
  }

  /** Works until {@link #close}, which another thread calls. */
  public void run() {
    try {
      consumer.subscribe(List.of(settings.topic()), new Partitions());
      while (!closed) {
        step();
      }
    } finally {
      finish();
    }
  }

  private void step() {
    try {
      openAssigned();
      boolean busy = lanes.values().stream().anyMatch(Lane::isBusy);
      consumer.poll(busy ? BUSY_POLL : IDLE_POLL).forEach(this::take);
      lanes.forEach((partition, lane) -> lane.advance(consumer.position(partition)));
      holdFullLanes();
      commit(lanes.keySet());
    } catch (RetriableException | RebalanceInProgressException | CommitFailedException e) {
      // What was not committed is sent again by whoever has the partition then.
      LOG.warn("cannot reach Kafka, or lost partitions to others: {}", e.getMessage());
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    Lane lane =
        Objects.requireNonNull(
            lanes.get(new TopicPartition(record.topic(), record.partition())),
            "assigned partitions are open");
    try {
      if (record.value() == null) {
        throw new IOException("a record without a value");
      }
      Alert alert = decoder.decode(record.value());
      if (alert.getState() == AlertState.ERASED) {
        // All, since the number of partitions may have changed during the call.
        lanes.values().forEach(each -> each.forget(alert));
      }
      lane.add(record, alert, Message.of(alert, settings.dashboard()));
    } catch (IOException | AvroRuntimeException e) {
      counts.unreadable().incrementAndGet();
      LOG.warn(
          "{}, partition {}, offset {} is no alert, and is skipped: {}",
          record.topic(),
          record.partition(),
          record.offset(),
          e.getMessage());
      lane.skip(record);
    }
  }

  /** Where Kafka was away while partitions were assigned, they are opened here. */
  private void openAssigned() {
    Set<TopicPartition> unopened = new HashSet<>(consumer.assignment());
    unopened.removeAll(lanes.keySet());
    open(unopened);
  }

  private void open(Collection<TopicPartition> partitions) {
    if (partitions.isEmpty()) {
      return;
    }
    Positions.begin(consumer, settings.topic(), partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    for (TopicPartition partition : partitions) {
      long begin = consumer.position(partition);
      long end = ends.getOrDefault(partition, begin);
      lanes.put(
          partition,
          new Lane(
              client, undelivered, settings.retries(), counts, settings.readAhead(), begin, end));
      committed.put(partition, begin);
    }
  }

  /** What waits is bounded. */
  private void holdFullLanes() {
    Set<TopicPartition> full = new HashSet<>();
    Set<TopicPartition> others = new HashSet<>();
    lanes.forEach((partition, lane) -> (lane.isFull() ? full : others).add(partition));
    consumer.pause(full);
    consumer.resume(others);
  }

  private void commit(Collection<TopicPartition> partitions) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    for (TopicPartition partition : partitions) {
      Lane lane = lanes.get(partition);
      if (lane != null && !Long.valueOf(lane.committable()).equals(committed.get(partition))) {
        offsets.put(partition, new OffsetAndMetadata(lane.committable()));
      }
    }
    if (!offsets.isEmpty()) {
      consumer.commitSync(offsets);
      offsets.forEach((partition, offset) -> committed.put(partition, offset.offset()));
    }
  }

  private void finish() {
    try {
      lanes.values().forEach(Lane::awaitAttempt);
      commit(lanes.keySet());
    } finally {
      consumer.close();
      undelivered.close();
    }
  }

  /** Lets {@link #run} return, after attempts in progress have ended. */
  @Override
  public void close() {
    closed = true;
  }

  private final class Partitions implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      open(partitions);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      // What is in progress may be sent twice: another one begins at what is committed.
      try {
        commit(partitions);
      } finally {
        onPartitionsLost(partitions);
      }
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      partitions.forEach(lanes::remove);
      partitions.forEach(committed::remove);
    }
  }
}
