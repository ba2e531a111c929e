package io.undertone.jobs.kafka;

import io.undertone.jobs.failure.WatchedSource;
import io.undertone.jobs.kafka.source.MissingRecordsSource;
import io.undertone.jobs.kafka.source.StartOffsets;
import io.undertone.jobs.options.JobOptions;
import io.undertone.jobs.options.KafkaOptions;
import io.undertone.jobs.options.StartingOffsets;
import io.undertone.operators.decode.IncomingRecord;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/** Reads the topics of audio chunks, of requests and of alert rules. */
public final class KafkaSources {
  /**
   * How soon partitions that are added to a topic are read. A call whose next chunks go there must
   * not time out meanwhile, which it may with Flink's default of five minutes.
   */
  private static final long PARTITION_DISCOVERY_INTERVAL_MS = 10_000;

  private KafkaSources() {}

  public static Source<IncomingRecord, ?, ?> audio(JobOptions options) {
    return of(
        options,
        options.topics().audioChunks(),
        startOf(options.get(KafkaOptions.STARTING_OFFSETS)));
  }

  /**
   * A job without a checkpoint reads all requests again: it has forgotten which calls were erased,
   * and may read their audio again.
   */
  public static Source<IncomingRecord, ?, ?> control(JobOptions options) {
    return of(options, options.topics().control(), StartOffsets.EARLIEST);
  }

  /** A job without a checkpoint reads all rules again. */
  public static Source<IncomingRecord, ?, ?> alertRules(JobOptions options) {
    return of(options, options.topics().alertRules(), StartOffsets.EARLIEST);
  }

  private static Source<IncomingRecord, ?, ?> of(
      JobOptions options, String topic, StartOffsets start) {
    Properties properties = new Properties();
    properties.putAll(
        ClientProperties.of(options.kafkaClientProperties(), ConsumerConfig.configNames()));
    properties.setProperty(
        KafkaSourceOptions.PARTITION_DISCOVERY_INTERVAL_MS.key(),
        String.valueOf(PARTITION_DISCOVERY_INTERVAL_MS));
    KafkaSource<IncomingRecord> source =
        KafkaSource.<IncomingRecord>builder()
            .setProperties(properties)
            .setBootstrapServers(options.get(KafkaOptions.BOOTSTRAP_SERVERS))
            .setTopics(topic)
            .setGroupId(options.get(KafkaOptions.GROUP_ID))
            .setStartingOffsets(start)
            .setDeserializer(new IncomingRecordDeserializer())
            .build();
    return WatchedSource.of(
        new MissingRecordsSource<>(
            source, adminProperties(options), options.get(KafkaOptions.MISSING_RECORDS)));
  }

  private static Map<String, Object> adminProperties(JobOptions options) {
    Map<String, Object> properties =
        new HashMap<>(
            ClientProperties.of(options.kafkaClientProperties(), AdminClientConfig.configNames()));
    properties.put(
        AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, options.get(KafkaOptions.BOOTSTRAP_SERVERS));
    return properties;
  }

  private static StartOffsets startOf(StartingOffsets start) {
    return switch (start) {
      case COMMITTED -> StartOffsets.COMMITTED;
      case EARLIEST -> StartOffsets.EARLIEST;
      case LATEST -> StartOffsets.LATEST;
    };
  }
}
