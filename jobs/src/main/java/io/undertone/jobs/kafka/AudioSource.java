package io.undertone.jobs.kafka;

import io.undertone.jobs.options.JobOptions;
import io.undertone.jobs.options.KafkaOptions;
import io.undertone.jobs.options.StartingOffsets;
import io.undertone.operators.decode.IncomingRecord;
import java.util.Properties;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/** Reads the topic of audio chunks. */
public final class AudioSource {

  private AudioSource() {}

  public static KafkaSource<IncomingRecord> of(JobOptions options) {
    Properties properties = new Properties();
    properties.putAll(options.kafkaClientProperties());
    properties.keySet().retainAll(ConsumerConfig.configNames());
    return KafkaSource.<IncomingRecord>builder()
        .setProperties(properties)
        .setBootstrapServers(options.get(KafkaOptions.BOOTSTRAP_SERVERS))
        .setTopics(options.topics().audioChunks())
        .setGroupId(options.get(KafkaOptions.GROUP_ID))
        .setStartingOffsets(offsets(options.get(KafkaOptions.STARTING_OFFSETS)))
        .setDeserializer(new IncomingRecordDeserializer())
        .build();
  }

  private static OffsetsInitializer offsets(StartingOffsets start) {
    return switch (start) {
      case COMMITTED -> OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST);
      case EARLIEST -> OffsetsInitializer.earliest();
      case LATEST -> OffsetsInitializer.latest();
    };
  }
}
