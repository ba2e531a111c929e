package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.jobs.kafka.Topics;
import io.undertone.jobs.options.TopicNames;
import io.undertone.local.embedded.EmbeddedKafka;
import io.undertone.schemas.ForgetConversation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;

class ForgetTest {

  @Test
  void aRequestIsInTheControlTopic() throws TopicUnavailableException, IOException {
    try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
      try (Topics topics = Topics.at(kafka.bootstrapServers(), Map.of())) {
        topics.createMissing(TopicNames.DEFAULT, 1);
      }
      long beforeMs = System.currentTimeMillis();
      CommandRun run = forget(kafka.bootstrapServers(), "c-1", "article 17");

      assertThat(run.err()).isEmpty();
      assertThat(run.status()).isZero();
      assertThat(run.out())
          .containsExactly("acme/c-1: erasure requested, undertone.control.v1-0@0");
      ConsumerRecord<byte[], byte[]> sent = firstRequest(kafka);
      ForgetConversation request = ForgetConversation.getDecoder().decode(sent.value());
      assertThat(new String(sent.key(), StandardCharsets.UTF_8)).isEqualTo("acme/c-1");
      assertThat(request.getTenant()).isEqualTo("acme");
      assertThat(request.getConversationId()).isEqualTo("c-1");
      assertThat(request.getRequestedBy()).isEqualTo("anna");
      assertThat(request.getReason()).isEqualTo("article 17");
      assertThat(request.getRequestTimeMs()).isBetween(beforeMs, System.currentTimeMillis());
    }
  }

  @Test
  void whatTheJobWouldNotUseIsNotSent() {
    CommandRun run = forget("localhost:1", "c-1", " ");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).last().asString().contains("cannot be sent: reason must not be blank");
  }

  @Test
  void aBrokerThatDoesNotAnswerIsNamedInOneLine() {
    CommandRun run = forget("localhost:1", "c-1", "article 17");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).singleElement().asString().contains("localhost:1");
  }

  private static CommandRun forget(String broker, String conversation, String reason) {
    return CommandRun.of(
        "forget",
        "--bootstrap",
        broker,
        "--tenant",
        "acme",
        "--conversation",
        conversation,
        "--by",
        "anna",
        "--reason",
        reason);
  }

  private static ConsumerRecord<byte[], byte[]> firstRequest(EmbeddedKafka kafka) {
    TopicPartition partition = new TopicPartition(TopicNames.DEFAULT.control(), 0);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      return consumer.poll(Duration.ofSeconds(20)).iterator().next();
    }
  }
}
