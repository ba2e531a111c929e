package io.undertone.local.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.undertone.audio.file.AudioFileException;
import io.undertone.jobs.EmotionJob;
import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.jobs.kafka.Topics;
import io.undertone.jobs.options.TopicNames;
import io.undertone.local.DemoCalls;
import io.undertone.local.TopicReader;
import io.undertone.local.cluster.ClusterException;
import io.undertone.local.cluster.FlinkClient;
import io.undertone.local.cluster.JavaProcess;
import io.undertone.local.embedded.EmbeddedKafka;
import io.undertone.local.replay.CallChunks;
import io.undertone.local.replay.CallReplayer;
import io.undertone.local.replay.ReplaySettings;
import io.undertone.schemas.AudioChunk;
import io.undertone.schemas.EmotionEvent;
import io.undertone.schemas.EventKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.flink.api.common.JobStatus;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The emotion job on processes of an assembled distribution, submitted as users do. */
class SubmissionsIT {
  private static final int SUBMISSIONS = 20;

  /** The first jobs load and compile code that stays. */
  private static final int WARM_UP = 2;

  /**
   * Of the first job, which a shutdown hook keeps, and of the last ones until the JVM has unloaded
   * them: 20 submissions leave five.
   */
  private static final int MOST_CLASS_LOADERS = 6;

  private static final long MOST_NEW_METASPACE_KB = 4 * 1024;
  private static final long MOST_RESIDENT_KB = 1_400 * 1024;
  private static final int PARTITIONS = 2;
  private static final Path MODEL = Path.of("../models/undertone-small");
  private static final ReplaySettings SETTINGS = ReplaySettings.startingAt(1_600_000_000_000L);
  private static final int CALL_MS = 30_000;
  private static final Pattern SUBMITTED = Pattern.compile("JobID ([0-9a-f]{32})");
  private static final long POLL_MS = 200;
  private static final String CALL = "call-of-anna-4711";
  private static final ObjectMapper JSON = new ObjectMapper();

  private static EmbeddedKafka kafka;

  @BeforeAll
  static void startKafka() throws TopicUnavailableException {
    kafka = EmbeddedKafka.start();
    try (Topics topics = Topics.at(kafka.bootstrapServers(), Map.of())) {
      topics.createMissing(TopicNames.DEFAULT, PARTITIONS);
    }
  }

  @AfterAll
  static void stopKafka() {
    kafka.close();
  }

  @Test
  void aCallGoesOnFromASavepointAtAnotherParallelism(@TempDir Path folder)
      throws IOException,
          ClusterException,
          InterruptedException,
          TopicUnavailableException,
          AudioFileException {
    List<AudioChunk> chunks = chunks(CALL);
    List<AudioChunk> first = chunks.subList(0, chunks.size() / 2);
    List<AudioChunk> second = chunks.subList(chunks.size() / 2, chunks.size());
    try (StandaloneCluster cluster = StandaloneCluster.session(folder, 2);
        CallReplayer replayer = replayer();
        TopicReader<EmotionEvent> events = events()) {
      FlinkClient client = cluster.client();
      String submitted = submitByClient(cluster, options(1));
      replayer.send(first, SETTINGS);
      events.await(hasEvent(CALL, EventKind.UTTERANCE));
      String savepoint =
          client.stopWithSavepoint(submitted, folder.resolve("savepoints")).toUri().toString();
      String resubmitted = client.submit(EmotionJob.class.getName(), options(2), savepoint);
      replayer.send(second, SETTINGS);

      List<EmotionEvent> all = events.await(hasEvent(CALL, EventKind.CONVERSATION));
      List<Integer> steps =
          all.stream()
              .filter(event -> event.getConversationId().equals(CALL))
              .filter(event -> event.getKind() == EventKind.UTTERANCE)
              .map(EmotionEvent::getUpdateStep)
              .toList();
      assertThat(steps)
          .as("the memory learned each utterance once, before and after the savepoint")
          .hasSizeGreaterThan(2)
          .isEqualTo(IntStream.rangeClosed(1, steps.size()).boxed().toList());
      end(client, resubmitted);
      assertThatLogsAreJsonAndNameNoCall(cluster);
    }
  }

  @Test
  @Tag("nightly")
  void jobsThatEndLeaveNothingBehind(@TempDir Path folder)
      throws IOException, ClusterException, InterruptedException {
    try (StandaloneCluster cluster = StandaloneCluster.session(folder, 2)) {
      assertFlat(cluster, Integer.getInteger("undertone.submissions", SUBMISSIONS));
    }
  }

  @Test
  void anApplicationClusterRunsTheJob(@TempDir Path folder)
      throws IOException,
          ClusterException,
          InterruptedException,
          TopicUnavailableException,
          AudioFileException {
    try (StandaloneCluster cluster = StandaloneCluster.application(folder, 1, options(1));
        CallReplayer replayer = replayer();
        TopicReader<EmotionEvent> events = events()) {
      replayer.send(chunks("application"), SETTINGS);

      assertThat(events.await(hasEvent("application", EventKind.CONVERSATION)))
          .filteredOn(event -> event.getConversationId().equals("application"))
          .hasSizeGreaterThan(2);
      assertThat(cluster.jobManager().isAlive()).isTrue();
    }
  }

  /** Jobs leave neither their classes nor their model, nor a native library that is in the way. */
  private static void assertFlat(StandaloneCluster cluster, int submissions)
      throws IOException, ClusterException, InterruptedException {
    Map<String, List<Footprint>> footprints = new HashMap<>();
    List<JavaProcess> processes = cluster.processes();
    for (int i = 0; i < submissions; i++) {
      String job = cluster.client().submit(EmotionJob.class.getName(), options(2), null);
      assertThat(cluster.client().awaitRunning(job)).as("all tasks of the job run").isTrue();
      end(cluster.client(), job);
      for (JavaProcess process : processes) {
        footprints
            .computeIfAbsent(process.name(), name -> new ArrayList<>())
            .add(Footprint.of(process));
      }
    }

    footprints.forEach((name, own) -> System.out.println(name + ": " + own));
    for (JavaProcess process : processes) {
      List<Footprint> own = footprints.getOrDefault(process.name(), List.of());
      assertThat(own)
          .as(process.name())
          .hasSize(submissions)
          .allMatch(footprint -> footprint.jobClassLoaders() <= MOST_CLASS_LOADERS)
          .allMatch(footprint -> footprint.residentKb() < MOST_RESIDENT_KB)
          .allMatch(
              footprint ->
                  footprint.metaspaceKb() < own.get(WARM_UP).metaspaceKb() + MOST_NEW_METASPACE_KB);
      assertThat(Files.readString(process.log())).doesNotContain("UnsatisfiedLinkError");
    }
  }

  /** Beside the log, a JVM may print warnings of its own. */
  private static void assertThatLogsAreJsonAndNameNoCall(StandaloneCluster cluster)
      throws IOException {
    for (JavaProcess process : cluster.processes()) {
      List<String> lines = Files.readAllLines(process.log());
      List<String> logged = lines.stream().filter(line -> line.startsWith("{")).toList();
      assertThat(logged).as(process.name()).hasSizeGreaterThan(lines.size() / 2);
      for (String line : logged) {
        assertThat(JSON.readTree(line).path("log.level").asText()).as(line).isNotEmpty();
      }
      assertThat(lines).noneMatch(line -> line.contains(CALL));
    }
  }

  private static String submitByClient(StandaloneCluster cluster, List<String> options)
      throws IOException, InterruptedException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "run", "-m", cluster.address(), "-d", cluster.distribution().jobJar().toString()));
    arguments.addAll(options);
    String output = cluster.runClient(arguments);
    Matcher submitted = SUBMITTED.matcher(output);
    assertThat(submitted.find()).as(output).isTrue();
    return submitted.group(1);
  }

  private static void end(FlinkClient client, String job)
      throws ClusterException, InterruptedException {
    client.cancel(job);
    while (!client.status(job).equals(JobStatus.CANCELED.name())) {
      Thread.sleep(POLL_MS);
    }
  }

  private static List<String> options(int parallelism) {
    return List.of(
        "--bootstrap-servers=" + kafka.bootstrapServers(),
        "--model-dir=" + MODEL.toAbsolutePath().normalize(),
        "--parallelism=" + parallelism);
  }

  private static List<AudioChunk> chunks(String conversationId) throws AudioFileException {
    return CallChunks.of(
        DemoCalls.beginOf(DemoCalls.call("lost-parcel", conversationId), CALL_MS), SETTINGS);
  }

  private static CallReplayer replayer() throws TopicUnavailableException {
    return CallReplayer.connect(
        kafka.bootstrapServers(), TopicNames.DEFAULT.audioChunks(), Map.of());
  }

  private static TopicReader<EmotionEvent> events() {
    return TopicReader.of(
        kafka.bootstrapServers(), TopicNames.DEFAULT.events(), EmotionEvent.getDecoder());
  }

  private static Predicate<List<EmotionEvent>> hasEvent(String conversationId, EventKind kind) {
    return events ->
        events.stream()
            .anyMatch(
                event ->
                    event.getConversationId().equals(conversationId) && event.getKind() == kind);
  }
}
