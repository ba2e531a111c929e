package io.undertone.dashboard;

import io.undertone.schemas.Alert;
import io.undertone.schemas.EmotionEvent;
import io.undertone.schemas.LabelFeedback;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The topics of events and alerts on a broker, to write to. */
public final class EventTopic implements AutoCloseable {
  public static final String NAME = "undertone.emotion-events.v1";
  public static final String FEEDBACK = "undertone.feedback.v1";
  public static final String ALERTS = "undertone.alerts.v1";
  public static final String RESPONSES = "undertone.alert-responses.v1";

  private final KafkaProducer<byte[], byte[]> producer;

  private EventTopic(KafkaProducer<byte[], byte[]> producer) {
    this.producer = producer;
  }

  /** Creates the topics. */
  public static EventTopic create(String bootstrapServers, int partitions) {
    Map<String, Object> config = Map.of("bootstrap.servers", bootstrapServers);
    try (Admin admin = Admin.create(config)) {
      admin
          .createTopics(
              List.of(
                  new NewTopic(NAME, partitions, (short) 1),
                  new NewTopic(ALERTS, 1, (short) 1),
                  new NewTopic(FEEDBACK, 1, (short) 1),
                  new NewTopic(RESPONSES, 1, (short) 1)))
          .all()
          .get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    return new EventTopic(
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer()));
  }

  /** Sends events, and waits until the broker has them. */
  public void send(EmotionEvent... events) {
    for (EmotionEvent event : events) {
      sendSoon(event);
    }
    producer.flush();
  }

  public void sendSoon(EmotionEvent event) {
    String key = event.getTenant() + "/" + event.getConversationId();
    send(NAME, key, bytes(event));
  }

  /** Sends a state of an alert, and waits until the broker has it. */
  public void send(Alert alert) {
    String key = alert.getTenant() + "/" + alert.getConversationId();
    send(ALERTS, key, bytes(alert));
    producer.flush();
  }

  /** Sends whatever it is. */
  public void send(String topic, String key, byte[] value) {
    producer.send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value));
  }

  /** All feedback on a broker. */
  List<LabelFeedback> feedback(String bootstrapServers) {
    List<LabelFeedback> found = new ArrayList<>();
    TopicPartition partition = new TopicPartition(FEEDBACK, 0);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).values().iterator().next();
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<byte[], byte[]> message : consumer.poll(Duration.ofMillis(100))) {
          found.add(LabelFeedback.fromByteBuffer(ByteBuffer.wrap(message.value())));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  private static byte[] bytes(SpecificRecord value) {
    try {
      ByteBuffer buffer =
          value instanceof Alert alert
              ? alert.toByteBuffer()
              : ((EmotionEvent) value).toByteBuffer();
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
