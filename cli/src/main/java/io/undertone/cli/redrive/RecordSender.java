package io.undertone.cli.redrive;

import io.undertone.cli.terminal.CommandFailedException;
import io.undertone.jobs.kafka.ClientProperties;
import io.undertone.jobs.options.JobOptions;
import io.undertone.jobs.options.KafkaOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends records, and waits until the broker has acknowledged all of them. */
final class RecordSender {

  private RecordSender() {}

  static void send(List<ProducerRecord<byte[], byte[]>> records, JobOptions options)
      throws CommandFailedException, InterruptedException {
    Map<String, Object> config =
        new HashMap<>(
            ClientProperties.of(options.kafkaClientProperties(), ProducerConfig.configNames()));
    config.put(
        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, options.get(KafkaOptions.BOOTSTRAP_SERVERS));
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
      List<Future<RecordMetadata>> acknowledgements = new ArrayList<>();
      records.forEach(record -> acknowledgements.add(producer.send(record)));
      for (Future<RecordMetadata> acknowledgement : acknowledgements) {
        acknowledgement.get();
      }
    } catch (ExecutionException e) {
      throw new CommandFailedException(
          "not all records were sent; send again, duplicates are dropped: " + e.getCause(), e);
    }
  }
}
