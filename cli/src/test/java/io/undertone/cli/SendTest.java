package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.jobs.kafka.Topics;
import io.undertone.jobs.options.TopicNames;
import io.undertone.local.embedded.EmbeddedKafka;
import io.undertone.schemas.AudioChunk;
import io.undertone.schemas.AudioCodec;
import io.undertone.schemas.Role;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;

class SendTest {
  private static final String CALL = CommandRun.CALLS.resolve("lost-parcel.flac").toString();

  @Test
  void aRecordingBecomesChunksInATopic() throws TopicUnavailableException, IOException {
    try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
      try (Topics topics = Topics.at(kafka.bootstrapServers(), Map.of())) {
        topics.createMissing(TopicNames.DEFAULT, 1);
      }
      CommandRun run =
          CommandRun.of(
              "send",
              CALL,
              "--bootstrap",
              kafka.bootstrapServers(),
              "--conversation",
              "c-1",
              "--roles",
              "customer,agent",
              "--codec",
              "mulaw",
              "--attribute",
              "queue=billing",
              "--attribute",
              "language=en",
              "--fast");

      assertThat(run.err()).isEmpty();
      assertThat(run.status()).isZero();
      assertThat(run.out()).singleElement().asString().startsWith("c-1: ");
      List<AudioChunk> chunks = chunksIn(kafka);
      assertThat(run.out().get(0)).contains(" " + chunks.size() + " chunks");
      assertThat(chunks)
          .allMatch(chunk -> chunk.getCodec() == AudioCodec.PCMU)
          .allMatch(chunk -> chunk.getConversationId().equals("c-1"))
          .allMatch(
              chunk -> chunk.getAttributes().equals(Map.of("queue", "billing", "language", "en")))
          .allMatch(
              chunk -> chunk.getRole() == (chunk.getChannel() == 0 ? Role.CUSTOMER : Role.AGENT));
      assertThat(chunks).filteredOn(AudioChunk::getLastChunk).hasSize(2);
    }
  }

  @Test
  void aBrokerThatDoesNotAnswerIsNamedInOneLine() {
    CommandRun run =
        CommandRun.of("send", CALL, "--bootstrap", "localhost:1", "--roles", "customer,agent");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).singleElement().asString().contains("localhost:1");
  }

  @Test
  void whatTheJobWouldNotUseIsNotSent() {
    for (String tenant : List.of("a/b", "", "x".repeat(257))) {
      CommandRun run =
          CommandRun.of("send", CALL, "--bootstrap", "localhost:1", "--tenant", tenant);

      assertThat(run.status()).isEqualTo(2);
      assertThat(run.out()).isEmpty();
      assertThat(run.err()).last().asString().contains("cannot be sent: tenant must ");
    }
  }

  @Test
  void attributesThatTheJobWouldNotUseAreNotSent() {
    CommandRun run =
        CommandRun.of(
            "send", CALL, "--bootstrap", "localhost:1", "--attribute", "queue=" + "x".repeat(257));

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).last().asString().contains("attribute 'queue' must have a value of at");
  }

  private static List<AudioChunk> chunksIn(EmbeddedKafka kafka) throws IOException {
    TopicPartition partition = new TopicPartition(TopicNames.DEFAULT.audioChunks(), 0);
    List<AudioChunk> chunks = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<byte[], byte[]> message : consumer.poll(Duration.ofSeconds(1))) {
          chunks.add(AudioChunk.getDecoder().decode(message.value()));
        }
      }
    }
    return chunks;
  }
}
