package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.undertone.audio.Pcm;
import io.undertone.audio.file.AudioFileException;
import io.undertone.audio.file.AudioFiles;
import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.jobs.options.JobOptions;
import io.undertone.jobs.options.TopicNames;
import io.undertone.local.embedded.EmbeddedKafka;
import io.undertone.local.embedded.JobCheckpoints;
import io.undertone.local.replay.CallChunks;
import io.undertone.local.replay.CallRecording;
import io.undertone.local.replay.CallReplayer;
import io.undertone.local.replay.ReplaySettings;
import io.undertone.operators.Conversation;
import io.undertone.schemas.AudioChunk;
import io.undertone.schemas.EmotionEvent;
import io.undertone.schemas.EventKind;
import io.undertone.schemas.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job on a broker that was there before it. */
class JobTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final long POLL_MS = 100;
  private static final ReplaySettings SETTINGS = ReplaySettings.startingAt(1_600_000_000_000L);

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
        seekToEvents(consumer);
        assertThat(readUntil(consumer, EventKind.CONVERSATION))
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
  void aSecondStartGoesOnFromTheLastCheckpoint()
      throws IOException, InterruptedException, AudioFileException, TopicUnavailableException {
    List<AudioChunk> chunks = chunks();
    Path checkpoints = Files.createDirectory(directory.resolve("checkpoints"));
    try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
      String[] command = {
        "job",
        "--create-topics",
        "--bootstrap-servers=" + kafka.bootstrapServers(),
        "--parallelism=1",
        "--checkpoint-dir=" + checkpoints,
        "--checkpoint-interval=500ms",
        "--model-dir=" + CommandRun.modelIn(directory)
      };
      try (KafkaConsumer<byte[], byte[]> consumer = consumer(kafka.bootstrapServers())) {
        StartedJob first = StartedJob.start(command);
        awaitTopics(consumer);
        seekToEvents(consumer);
        try (CallReplayer replayer = replayer(kafka)) {
          replayer.send(chunks.subList(0, chunks.size() / 2), SETTINGS);
          List<EmotionEvent> events = new ArrayList<>(readUntil(consumer, EventKind.UTTERANCE));
          awaitCheckpointAfter(Instant.now(), checkpoints);
          assertThat(CommandRun.of(command).err())
              .singleElement()
              .asString()
              .contains("runs already");
          first.stop();

          StartedJob second = StartedJob.start(command);
          replayer.send(chunks.subList(chunks.size() / 2, chunks.size()), SETTINGS);
          events.addAll(readUntil(consumer, EventKind.CONVERSATION));

          assertThat(second.stop().err())
              .anyMatch(line -> line.contains("going on from the checkpoint " + checkpoints));
          assertThat(updateSteps(events))
              .as("the memory learned each utterance once")
              .hasSizeGreaterThan(2)
              .isEqualTo(IntStream.rangeClosed(1, updateSteps(events).size()).boxed().toList());
        }
      }
    }
  }

  @Test
  void aFreshStartKeepsTheLastCheckpointUnderAnotherName() throws IOException {
    JobCheckpoints kept = new JobCheckpoints(directory.resolve("0123"));
    Files.createDirectories(kept.folder().resolve("chk-7"));

    Path aside = kept.setAside().orElseThrow();

    assertThat(kept.folder()).doesNotExist();
    assertThat(aside.resolve("chk-7")).isDirectory();
    assertThat(kept.setAside()).isEmpty();
  }

  @Test
  void aCheckpointThatIsNotCompleteIsSkipped() throws IOException {
    JobCheckpoints checkpoints = new JobCheckpoints(directory.resolve("0123"));
    Path partial = Files.createDirectories(checkpoints.folder().resolve("chk-7"));
    Files.writeString(partial.resolve("_metadata"), "half of");

    assertThat(checkpoints.latest()).isEmpty();
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
    assertFailure(2, "--fresh needs a --checkpoint-dir", "--fresh", "--model-dir", model);
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

  private static void seekToEvents(KafkaConsumer<byte[], byte[]> consumer) {
    List<TopicPartition> partition = List.of(new TopicPartition(TopicNames.DEFAULT.events(), 0));
    consumer.assign(partition);
    consumer.seekToBeginning(partition);
  }

  private static List<EmotionEvent> readUntil(
      KafkaConsumer<byte[], byte[]> consumer, EventKind kind) throws IOException {
    List<EmotionEvent> events = new ArrayList<>();
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < PATIENCE.toNanos()) {
      for (ConsumerRecord<byte[], byte[]> message : consumer.poll(Duration.ofSeconds(1))) {
        events.add(EmotionEvent.getDecoder().decode(message.value()));
      }
      if (events.stream().anyMatch(event -> event.getKind() == kind)) {
        return events;
      }
    }
    return fail("no event of kind " + kind + "; events that came: " + events.size());
  }

  /** Of the utterances, in their order; an event that was repeated counts once. */
  private static List<Integer> updateSteps(List<EmotionEvent> events) {
    Map<String, Integer> steps = new LinkedHashMap<>();
    events.stream()
        .filter(event -> event.getKind() == EventKind.UTTERANCE)
        .forEach(event -> steps.put(event.getEventId(), event.getUpdateStep()));
    return List.copyOf(steps.values());
  }

  private static void awaitCheckpointAfter(Instant time, Path folder)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < PATIENCE.toNanos()) {
      try (Stream<Path> files = Files.walk(folder)) {
        if (files
            .filter(file -> file.endsWith("_metadata"))
            .anyMatch(file -> file.toFile().lastModified() > time.toEpochMilli())) {
          return;
        }
      } catch (UncheckedIOException e) {
        // An earlier checkpoint was deleted meanwhile.
      }
      Thread.sleep(POLL_MS);
    }
    fail("no checkpoint after " + time);
  }

  private static List<AudioChunk> chunks() throws AudioFileException {
    List<Pcm> sides = AudioFiles.read(CommandRun.CALLS.resolve("lost-parcel.flac"));
    return CallChunks.of(
        new CallRecording(
            new Conversation("demo", "resumed"),
            List.of(new CallRecording.Channel(Role.CUSTOMER, sides.get(0)))),
        SETTINGS);
  }

  private static CallReplayer replayer(EmbeddedKafka kafka) throws TopicUnavailableException {
    return CallReplayer.connect(
        kafka.bootstrapServers(), TopicNames.DEFAULT.audioChunks(), Map.of());
  }

  /** The command in a thread of its own. */
  private record StartedJob(Thread thread, CompletableFuture<CommandRun> run) {

    static StartedJob start(String... command) {
      CompletableFuture<CommandRun> run = new CompletableFuture<>();
      Thread thread = new Thread(() -> run.complete(CommandRun.of(command)));
      thread.start();
      return new StartedJob(thread, run);
    }

    CommandRun stop() throws InterruptedException {
      thread.interrupt();
      thread.join();
      return run.join();
    }
  }
}
