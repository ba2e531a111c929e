package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.undertone.jobs.options.JobOptions;
import io.undertone.jobs.options.TopicNames;
import io.undertone.local.embedded.EmbeddedKafka;
import io.undertone.schemas.EmotionEvent;
import io.undertone.schemas.EventKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job on a broker that was there before it. */
class JobTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path directory;

  @Test
  void aCallThatIsSentComesBackAsEvents() throws IOException, InterruptedException {
    try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
      String broker = kafka.bootstrapServers();
      String model = CommandRun.modelIn(directory);
      Thread job =
          new Thread(
              () ->
                  CommandRun.of(
                      "job",
                      "--create-topics",
                      "--bootstrap-servers",
                      broker,
                      "--parallelism=1",
                      "--model-dir",
                      model));
      job.start();
      try (KafkaConsumer<byte[], byte[]> consumer = consumer(broker)) {
        awaitTopics(consumer);
        String call = CommandRun.CALLS.resolve("lost-parcel.flac").toString();
        CommandRun sent =
            CommandRun.of(
                "send", call, "--bootstrap", broker, "--roles", "customer,agent", "--fast");

        assertThat(sent.err()).isEmpty();
        assertThat(eventsUntilTheEnd(consumer))
            .hasSizeGreaterThan(5)
            .extracting(EmotionEvent::getConversationId)
            .containsOnly(sent.out().get(0).replaceFirst(": .*", ""));
      } finally {
        job.interrupt();
        job.join();
      }
    }
  }

  @Test
  void whatCannotBeDoneIsNamedInOneLine() throws IOException {
    String model = CommandRun.modelIn(directory);

    assertFailure(2, "did you mean --bootstrap-servers?", "--bootstrap-server", "localhost:1");
    assertFailure(2, "--batch-size must be a whole number", "--batch-size", "none");
    assertFailure(2, "Missing required parameter for option '--group-id'", "--group-id");
    assertFailure(2, "'stray'", "stray");
    assertFailure(
        2,
        "--model-dir must be a model's folder, but 'nowhere' does not exist",
        "--model-dir",
        "nowhere");
    assertFailure(1, "localhost:1", "--bootstrap-servers", "localhost:1", "--model-dir", model);
  }

  @Test
  void theHelpHasTheJobsOwnOptions() {
    assertThat(CommandRun.of("job", "--help").out())
        .anyMatch(line -> line.startsWith("Usage: undertone job"))
        .anyMatch(line -> line.contains("--create-topics"))
        .containsSubsequence(JobOptions.help().lines().toList());
  }

  private static void assertFailure(int status, String part, String... options) {
    List<String> arguments = new ArrayList<>(List.of("job"));
    arguments.addAll(List.of(options));
    CommandRun run = CommandRun.of(arguments.toArray(String[]::new));

    assertThat(run.err()).singleElement().asString().startsWith("undertone: ").contains(part);
    assertThat(run.out()).isEmpty();
    assertThat(run.status()).isEqualTo(status);
  }

  private static KafkaConsumer<byte[], byte[]> consumer(String broker) {
    return new KafkaConsumer<>(
        Map.of("bootstrap.servers", broker),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  /** Returns when all topics take records; the consumer asks again until then. */
  private static void awaitTopics(KafkaConsumer<byte[], byte[]> consumer) {
    List<TopicPartition> partitions =
        TopicNames.DEFAULT.all().stream().map(topic -> new TopicPartition(topic, 0)).toList();
    consumer.endOffsets(partitions, PATIENCE);
  }

  private static List<EmotionEvent> eventsUntilTheEnd(KafkaConsumer<byte[], byte[]> consumer)
      throws IOException {
    List<TopicPartition> partition = List.of(new TopicPartition(TopicNames.DEFAULT.events(), 0));
    consumer.assign(partition);
    consumer.seekToBeginning(partition);
    List<EmotionEvent> events = new ArrayList<>();
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < PATIENCE.toNanos()) {
      for (ConsumerRecord<byte[], byte[]> message : consumer.poll(Duration.ofSeconds(1))) {
        EmotionEvent event = EmotionEvent.getDecoder().decode(message.value());
        events.add(event);
        if (event.getKind() == EventKind.CONVERSATION) {
          return events;
        }
      }
    }
    return fail("the call did not end; events that came: " + events.size());
  }
}
