package io.undertone.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.audio.file.AudioFileException;
import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.jobs.options.InvalidOptionException;
import io.undertone.local.embedded.RunningJob;
import io.undertone.local.replay.CallChunks;
import io.undertone.local.replay.CallReplayer;
import io.undertone.local.replay.ReplaySettings;
import io.undertone.model.ChannelMemory;
import io.undertone.model.recognizer.EmotionModelFactory;
import io.undertone.model.recognizer.ModelHandle;
import io.undertone.model.torch.TorchModelFactory;
import io.undertone.schemas.AudioChunk;
import io.undertone.schemas.EmotionEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A job that is disturbed in the midst of calls hears what an undisturbed one hears: with the
 * default weights, whose memories learn with each utterance, and are saved as they are. Where each
 * utterance is heard alone, to the last bit; else but for rounding, since after a failure other
 * calls share a batch.
 */
@ExtendWith(ClusterExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class RecoveryIT {
  private static final int CALLS = 4;
  private static final EmotionModelFactory MODELS =
      new TorchModelFactory("../models/undertone-small");
  private static final ReplaySettings SETTINGS = ReplaySettings.startingAt(1_600_000_000_000L);

  private static final String EACH_ALONE = "--batch-size=1";

  private List<AudioChunk> chunks = List.of();
  private SortedMap<String, EmotionEvent> undisturbed = new TreeMap<>();
  private SortedMap<String, List<String>> undisturbedOrder = new TreeMap<>();

  @BeforeAll
  void hearUndisturbed(Cluster cluster)
      throws TopicUnavailableException,
          InvalidOptionException,
          InterruptedException,
          AudioFileException {
    chunks = callsAtTheSameTime();
    TestRoad road = TestRoad.with(cluster, MODELS, EACH_ALONE);
    RunningJob job = road.start(1);
    try (CallReplayer replayer = road.replayer();
        TopicReader<EmotionEvent> events = road.events()) {
      replayer.send(chunks, SETTINGS);
      List<EmotionEvent> heard = events.await(EventSets.endOf(CALLS));
      undisturbed = EventSets.byId(heard);
      undisturbedOrder = EventSets.orderOfCalls(heard);
    } finally {
      job.cancel();
    }
  }

  @Test
  void onTheHeapAtLeastOnce(Cluster cluster, @TempDir Path checkpoints)
      throws TopicUnavailableException, InvalidOptionException, InterruptedException {
    TestRoad road =
        TestRoad.with(
            cluster, MODELS, arguments(checkpoints, "hashmap", "at-least-once", EACH_ALONE));

    hearDisturbed(cluster, road);

    try (TopicReader<EmotionEvent> events = road.events()) {
      List<EmotionEvent> heard = events.await(EventSets.endOf(CALLS));
      assertThat(EventSets.byId(heard)).isEqualTo(undisturbed);
    }
  }

  @Test
  void onRocksDbExactlyOnce(Cluster cluster, @TempDir Path checkpoints)
      throws TopicUnavailableException, InvalidOptionException, InterruptedException {
    TestRoad road =
        TestRoad.with(
            cluster, MODELS, arguments(checkpoints, "rocksdb", "exactly-once", EACH_ALONE));

    hearDisturbed(cluster, road);

    try (TopicReader<EmotionEvent> events = road.events()) {
      List<EmotionEvent> heard = events.await(EventSets.endOf(CALLS));
      assertThat(EventSets.orderOfCalls(heard)).isEqualTo(undisturbedOrder);
      assertThat(EventSets.byId(heard)).isEqualTo(undisturbed);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"hashmap", "rocksdb", "forst"})
  void inBatchesWithMemoriesThatComeAndGo(
      String stateBackend, Cluster cluster, @TempDir Path checkpoints)
      throws TopicUnavailableException, InvalidOptionException, InterruptedException {
    TestRoad road =
        TestRoad.with(
            cluster,
            MODELS,
            arguments(
                checkpoints,
                stateBackend,
                "exactly-once",
                "--batch-wait-ms=100",
                "--resident-memory-bytes=" + twoMemoriesBytes()));

    hearDisturbed(cluster, road);

    try (TopicReader<EmotionEvent> events = road.events()) {
      List<EmotionEvent> heard = events.await(EventSets.endOf(CALLS));
      assertThat(EventSets.orderOfCalls(heard)).isEqualTo(undisturbedOrder);
      assertThat(EventSets.byId(heard))
          .usingRecursiveComparison()
          .withComparatorForType(EventSets::compareRounded, Float.class)
          .isEqualTo(undisturbed);
    }
  }

  /** For fewer memories than there are calls. */
  private static long twoMemoriesBytes() {
    try (ModelHandle handle = MODELS.open();
        ChannelMemory memory = handle.model().newMemory(0)) {
      return 2 * memory.sizeBytes();
    }
  }

  /**
   * One subtask hears the first third, and part of the second beyond its checkpoint; it is
   * cancelled, and two subtasks go on from the checkpoint; in the last third the TaskManager dies.
   */
  private void hearDisturbed(Cluster cluster, TestRoad road)
      throws TopicUnavailableException, InvalidOptionException, InterruptedException {
    int third = chunks.size() / 3;
    try (CallReplayer replayer = road.replayer();
        TopicReader<EmotionEvent> events = road.eventsBeforeCommit()) {
      RunningJob first = road.start(1);
      replayer.send(chunks.subList(0, third), SETTINGS);
      events.await(read -> read.size() >= CALLS);
      String checkpoint = first.checkpoint();
      replayer.send(chunks.subList(third, 2 * third), SETTINGS);
      int atCheckpoint = events.size();
      events.await(read -> read.size() >= atCheckpoint + 2);
      first.cancel();

      RunningJob second = road.restore(2, checkpoint);
      int atRestore = events.size();
      events.await(read -> read.size() >= atRestore + 2);
      cluster.flink().replaceTaskManager();
      replayer.send(chunks.subList(2 * third, chunks.size()), SETTINGS);
      events.await(EventSets.endOf(CALLS));
      second.checkpoint();
      second.cancel();
    }
  }

  /** Checkpoints come when the test asks for them, so that work beyond them is surely lost. */
  private static String[] arguments(
      Path checkpoints, String stateBackend, String delivery, String... more) {
    List<String> arguments = new ArrayList<>(List.of(more));
    arguments.add("--checkpoint-dir=" + checkpoints.toUri());
    arguments.add("--checkpoint-interval-ms=600000");
    arguments.add("--checkpoint-timeout-ms=60000");
    arguments.add("--state-backend=" + stateBackend);
    arguments.add("--delivery=" + delivery);
    arguments.add("--saved-weights=fp32");
    arguments.add("--saved-optimizer=kept");
    return arguments.toArray(String[]::new);
  }

  private static List<AudioChunk> callsAtTheSameTime() throws AudioFileException {
    List<AudioChunk> all = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      String file = i % 2 == 0 ? "lost-parcel" : "cold-house";
      all.addAll(
          CallChunks.of(DemoCalls.begin(DemoCalls.call(file, "call-" + i), 40_000), SETTINGS));
    }
    all.sort(Comparator.comparingLong(AudioChunk::getStartOffsetMs));
    return all;
  }
}
