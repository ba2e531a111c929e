package io.undertone.analytics;

import io.undertone.schemas.EmotionEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes records to topics as the job does: the key is the call. */
public final class TopicRecords {
  private static final short ONE_REPLICA = 1;

  private final Map<String, Object> config;

  public TopicRecords(String bootstrapServers) {
    this.config = Map.of("bootstrap.servers", bootstrapServers);
  }

  public void createTopics(Collection<String> names, int partitions)
      throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(config)) {
      List<NewTopic> topics =
          names.stream().map(name -> new NewTopic(name, partitions, ONE_REPLICA)).toList();
      admin.createTopics(topics).all().get();
    }
  }

  /** An event, with the key of its call. */
  public void write(String topic, EmotionEvent event)
      throws IOException, ExecutionException, InterruptedException {
    String key = event.getTenant() + "/" + event.getConversationId();
    writeKeyed(topic, key, List.of(event.toByteBuffer()));
  }

  /** The values, in this order, with the key of one call. */
  public void write(String topic, String conversationId, List<ByteBuffer> values)
      throws ExecutionException, InterruptedException {
    writeKeyed(topic, "local/" + conversationId, values);
  }

  private void writeKeyed(String topic, String key, List<ByteBuffer> values)
      throws ExecutionException, InterruptedException {
    byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (ByteBuffer value : values) {
        byte[] bytes = new byte[value.remaining()];
        value.duplicate().get(bytes);
        producer.send(new ProducerRecord<>(topic, keyBytes, bytes)).get();
      }
    }
  }
}
