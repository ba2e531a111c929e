package io.undertone.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.audio.file.AudioFileException;
import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.jobs.options.InvalidOptionException;
import io.undertone.local.embedded.RunningJob;
import io.undertone.local.replay.CallReplayer;
import io.undertone.local.savepoint.SavepointEraser;
import io.undertone.local.savepoint.SavepointException;
import io.undertone.model.FakeEmotionModelFactory;
import io.undertone.schemas.DeadLetter;
import io.undertone.schemas.EmotionEvent;
import io.undertone.schemas.EventKind;
import io.undertone.schemas.MemoryReset;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.util.StateMigrationException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A job that is restored from a savepoint of an earlier version writes what it would have written
 * without the stop. Numbers are compared within 1e-4, since another processor may have computed
 * those in the savepoint, and all else exactly.
 *
 * <p>The memories in a savepoint belong to the default model of its version, whose files are kept
 * with the tests of model-torch. With another model, memories begin anew.
 */
@ExtendWith(ClusterExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class SavepointsIT {
  /**
   * Versions whose memories had learned their utterances in another way. Their memories are kept,
   * as the update steps show, but what they know differs, and so do estimates.
   */
  private static final Set<String> LEARNED_OTHERWISE = Set.of("0.1.0-b0f08fd");

  /** What these versions did not know of utterances, so that means over the call lack it. */
  private static final String UNMEASURED = ".*conversation\\.(loudness|talkSpeed).*";

  private static final String ESTIMATES =
      "(?i).*(emotion|sentiment|shift|score|confidence|updateLoss|probabilities).*";

  private Written undisturbed = new Written(List.of(), List.of());

  /** What a job has written: events call by call, late chunks in the order of their offsets. */
  private record Written(List<EmotionEvent> events, List<DeadLetter> late) {}

  static List<Arguments> restores() throws IOException {
    try (Stream<Path> savepoints = Files.list(SavepointPipeline.FOLDER)) {
      return savepoints
          .sorted()
          .flatMap(
              savepoint ->
                  Stream.of(
                      Arguments.of(savepoint, 1, "hashmap"),
                      Arguments.of(savepoint, 2, "hashmap"),
                      Arguments.of(savepoint, 2, "rocksdb")))
          .toList();
    }
  }

  @BeforeAll
  void runUndisturbed(Cluster cluster)
      throws TopicUnavailableException,
          InvalidOptionException,
          InterruptedException,
          AudioFileException {
    TestPipeline pipeline = SavepointPipeline.with(cluster, "hashmap");
    try (CallReplayer replayer = pipeline.replayer()) {
      replayer.send(SavepointCalls.make().all(), SavepointCalls.SETTINGS);
    }
    undisturbed = written(pipeline, pipeline.start(1));
  }

  @ParameterizedTest
  @MethodSource("restores")
  void aRestoredJobGoesOnAsIfItHadNotStopped(
      Path savepoint, int parallelism, String stateBackend, Cluster cluster)
      throws TopicUnavailableException, InvalidOptionException, IOException {
    TestPipeline pipeline = SavepointPipeline.with(cluster, stateBackend);
    RunningJob job = pipeline.restore(parallelism, savepoint.toUri().toString());

    Written restored = written(pipeline, job);

    List<String> before = Files.readAllLines(savepoint.resolve(SavepointPipeline.EVENTS_BEFORE));
    assertThat(undisturbed.events()).extracting(EmotionEvent::getEventId).doesNotHaveDuplicates();
    assertThat(undisturbed.events()).extracting(FormerEventIds::of).containsAll(before);
    assertThat(restored.events())
        .usingRecursiveComparison()
        .withComparatorForType(EventSets::compareRounded, Float.class)
        .ignoringFieldsMatchingRegexes(
            UNMEASURED,
            LEARNED_OTHERWISE.contains(savepoint.getFileName().toString()) ? ESTIMATES : "nothing")
        .isEqualTo(
            undisturbed.events().stream()
                .filter(event -> !before.contains(FormerEventIds.of(event)))
                .toList());
    assertThat(restored.late()).isEqualTo(undisturbed.late());
  }

  static List<Path> savepoints() throws IOException {
    try (Stream<Path> savepoints = Files.list(SavepointPipeline.FOLDER)) {
      return savepoints.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("savepoints")
  void withAnotherModelMemoriesBeginAnewAndTheirFirstEventsSayWhy(Path savepoint, Cluster cluster)
      throws TopicUnavailableException, InvalidOptionException, IOException {
    TestPipeline pipeline =
        SavepointPipeline.with(cluster, "hashmap", new FakeEmotionModelFactory());
    RunningJob job = pipeline.restore(1, savepoint.toUri().toString());

    List<EmotionEvent> restored = written(pipeline, job).events();

    List<String> before = Files.readAllLines(savepoint.resolve(SavepointPipeline.EVENTS_BEFORE));
    assertThat(restored)
        .extracting(EmotionEvent::getEventId)
        .containsExactlyInAnyOrderElementsOf(
            undisturbed.events().stream()
                .filter(event -> !before.contains(FormerEventIds.of(event)))
                .map(EmotionEvent::getEventId)
                .toList());
    Set<String> withMemory =
        utterances(undisturbed.events())
            .filter(event -> before.contains(FormerEventIds.of(event)))
            .map(SavepointsIT::channel)
            .collect(Collectors.toSet());
    assertThat(withMemory).hasSizeGreaterThan(2);
    Set<String> seen = new HashSet<>();
    assertThat(utterances(restored))
        .allSatisfy(
            event -> {
              boolean first = seen.add(channel(event)) && withMemory.contains(channel(event));
              assertThat(event.getMemoryReset())
                  .isEqualTo(first ? MemoryReset.MODEL_CHANGED : null);
              if (first) {
                assertThat(event.getUpdateStep()).isEqualTo(1);
              }
            });
    // Some channels do not speak again.
    assertThat(seen).filteredOn(withMemory::contains).hasSizeGreaterThan(2);
  }

  @ParameterizedTest
  @MethodSource("savepoints")
  void withoutACallOtherCallsGoOnAsIfTheJobHadNotStopped(
      Path savepoint, Cluster cluster, @TempDir Path folder)
      throws TopicUnavailableException,
          InvalidOptionException,
          IOException,
          SavepointException,
          StateMigrationException {
    Path copy = folder.resolve("copy");
    String erased = DemoCalls.TENANT + "/" + SavepointCalls.PCM;

    assertThat(SavepointEraser.copyWithout(erased, savepoint, copy)).isGreaterThan(3);

    byte[] key = erased.getBytes(StandardCharsets.UTF_8);
    assertThat(CheckpointFiles.contain(savepoint, key)).isTrue();
    assertThat(CheckpointFiles.contain(copy, key)).isFalse();
    List<String> before = Files.readAllLines(savepoint.resolve(SavepointPipeline.EVENTS_BEFORE));
    TestPipeline pipeline = SavepointPipeline.with(cluster, "rocksdb");
    Written restored = written(pipeline, pipeline.restore(2, copy.toUri().toString()));
    assertThat(withoutErased(restored.events()))
        .usingRecursiveComparison()
        .withComparatorForType(EventSets::compareRounded, Float.class)
        .ignoringFieldsMatchingRegexes(
            UNMEASURED,
            LEARNED_OTHERWISE.contains(savepoint.getFileName().toString()) ? ESTIMATES : "nothing")
        .isEqualTo(
            withoutErased(undisturbed.events()).stream()
                .filter(event -> !before.contains(FormerEventIds.of(event)))
                .toList());
    assertThat(restored.late()).isEqualTo(undisturbed.late());
  }

  private static List<EmotionEvent> withoutErased(List<EmotionEvent> events) {
    return events.stream()
        .filter(event -> !event.getConversationId().equals(SavepointCalls.PCM))
        .toList();
  }

  private static Stream<EmotionEvent> utterances(List<EmotionEvent> events) {
    return events.stream().filter(event -> event.getKind() == EventKind.UTTERANCE);
  }

  private static String channel(EmotionEvent event) {
    return event.getConversationId() + " " + event.getChannel();
  }

  @ParameterizedTest
  @CsvSource({
    "0.1.0-402d4e7, order, call tombstone buffered-chunks _timer_state/processing_user-timers",
    "0.1.0-402d4e7, segment, channel-audio",
    "0.1.0-402d4e7, recognize, state-by-channel updated-by-channel",
    "0.1.0-402d4e7, emit, trajectory",
    "0.1.0-402d4e7, alert, call-alerts _timer_state/processing_user-timers",
    "0.1.0-de962ee, order, call tombstone buffered-chunks _timer_state/processing_user-timers",
    "0.1.0-de962ee, segment, channel-audio",
    "0.1.0-de962ee, recognize, state-by-channel updated-by-channel",
    "0.1.0-de962ee, emit, trajectory",
    "0.1.0-de962ee, alert, call-alerts _timer_state/processing_user-timers",
    "0.1.0-49aec99, order, call tombstone buffered-chunks _timer_state/processing_user-timers",
    "0.1.0-49aec99, segment, channel-audio",
    "0.1.0-49aec99, recognize, state-by-channel updated-by-channel",
    "0.1.0-49aec99, emit, trajectory",
    "0.1.0-b0f08fd, order, call ended-call waiting-chunks _timer_state/processing_user-timers",
    "0.1.0-b0f08fd, segment, channel-audio",
    "0.1.0-b0f08fd, recognize, memory-by-channel last-estimate-by-channel",
    "0.1.0-b0f08fd, emit, trajectory emotion-by-channel"
  })
  void aSavepointHasEntriesInEachStateOfItsVersion(String version, String stage, String states)
      throws IOException, StateMigrationException {
    Path savepoint = SavepointPipeline.FOLDER.resolve(version);

    assertThat(SavepointContents.entriesByState(savepoint, stage).keySet())
        .containsExactlyInAnyOrder(states.split(" "));
  }

  @Test
  void theCallsAreCutInTheMiddleOfAnUtterance() {
    assertThat(undisturbed.events())
        .anyMatch(event -> spans(SavepointCalls.PCM, SavepointCalls.PCM_CUT_MS, event))
        .anyMatch(event -> spans(SavepointCalls.OPUS, SavepointCalls.OPUS_CUT_MS, event));
  }

  private static boolean spans(String call, int offsetMs, EmotionEvent event) {
    return event.getConversationId().equals(call)
        && event.getBeginOffsetMillis() < offsetMs
        && event.getEndOffsetMillis() > offsetMs
        && event.getKind() == EventKind.UTTERANCE;
  }

  /** Waits until the job has read all chunks, and ends it. */
  private static Written written(TestPipeline pipeline, RunningJob job) {
    try (TopicReader<EmotionEvent> events = pipeline.events();
        TopicReader<DeadLetter> late = pipeline.late()) {
      events.await(written -> endedCalls(written).containsAll(SavepointCalls.IN_PROGRESS));
      // Whatever else the job has made of the chunks is in the topics when a checkpoint is
      // complete.
      job.checkpoint();
      return new Written(
          events.readAll().stream()
              .sorted(Comparator.comparing(EmotionEvent::getConversationId))
              .toList(),
          late.readAll().stream().sorted(Comparator.comparingLong(DeadLetter::getOffset)).toList());
    } finally {
      job.cancel();
    }
  }

  private static Set<String> endedCalls(List<EmotionEvent> events) {
    return events.stream()
        .filter(event -> event.getKind() == EventKind.CONVERSATION)
        .map(EmotionEvent::getConversationId)
        .collect(Collectors.toSet());
  }
}
