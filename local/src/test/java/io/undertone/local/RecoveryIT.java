package io.undertone.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.audio.file.AudioFileException;
import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.jobs.options.AnalysisOptions;
import io.undertone.jobs.options.Delivery;
import io.undertone.jobs.options.JobOptions;
import io.undertone.jobs.options.KafkaOptions;
import io.undertone.jobs.options.RuntimeOptions;
import io.undertone.jobs.options.StateBackend;
import io.undertone.local.embedded.RunningJob;
import io.undertone.local.replay.CallChunks;
import io.undertone.local.replay.CallReplayer;
import io.undertone.local.replay.ReplaySettings;
import io.undertone.model.ChannelMemory;
import io.undertone.model.EmotionPrior;
import io.undertone.model.MemoryEncoding.OptimizerState;
import io.undertone.model.MemoryEncoding.Weights;
import io.undertone.model.recognizer.EmotionModelFactory;
import io.undertone.model.recognizer.ModelHandle;
import io.undertone.model.torch.TorchModelFactory;
import io.undertone.schemas.AudioChunk;
import io.undertone.schemas.EmotionEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.configuration.MemorySize;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A job that fails and is rescaled in the middle of calls writes the events of a job that is not.
 * The model is the default one, so memories learn from each utterance; they are saved exactly. With
 * one utterance per batch the events are equal to the last bit. With larger batches they differ by
 * rounding, since other calls share a batch after a failure.
 */
@ExtendWith(ClusterExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class RecoveryIT {
  private static final int CALLS = 4;
  private static final EmotionModelFactory MODELS =
      new TorchModelFactory("../models/undertone-small", EmotionPrior.UNIFORM);
  private static final ReplaySettings SETTINGS = ReplaySettings.startingAt(1_600_000_000_000L);

  private List<AudioChunk> chunks = List.of();
  private SortedMap<String, EmotionEvent> undisturbed = new TreeMap<>();
  private SortedMap<String, List<String>> undisturbedOrder = new TreeMap<>();

  @BeforeAll
  void runUndisturbed(Cluster cluster)
      throws TopicUnavailableException, InterruptedException, AudioFileException {
    chunks = simultaneousCalls();
    TestPipeline pipeline =
        TestPipeline.with(
            cluster, MODELS, JobOptions.defaults().with(AnalysisOptions.BATCH_SIZE, 1));
    RunningJob job = pipeline.start(1);
    try (CallReplayer replayer = pipeline.replayer();
        TopicReader<EmotionEvent> events = pipeline.events()) {
      replayer.send(chunks, SETTINGS);
      List<EmotionEvent> received = events.await(EventSets.endOf(CALLS));
      undisturbed = EventSets.byId(received);
      undisturbedOrder = EventSets.orderOfCalls(received);
    } finally {
      job.cancel();
    }
  }

  @Test
  void recoversOnTheHeapAtLeastOnce(Cluster cluster, @TempDir Path checkpoints)
      throws TopicUnavailableException, InterruptedException {
    TestPipeline pipeline =
        TestPipeline.with(
            cluster,
            MODELS,
            options(checkpoints, StateBackend.HASHMAP, Delivery.AT_LEAST_ONCE)
                .with(AnalysisOptions.BATCH_SIZE, 1));

    List<EmotionEvent> received = runDisturbed(cluster, pipeline);

    assertThat(EventSets.byId(received)).isEqualTo(undisturbed);
  }

  @Test
  void recoversOnRocksDbExactlyOnce(Cluster cluster, @TempDir Path checkpoints)
      throws TopicUnavailableException, InterruptedException {
    TestPipeline pipeline =
        TestPipeline.with(
            cluster,
            MODELS,
            options(checkpoints, StateBackend.ROCKSDB, Delivery.EXACTLY_ONCE)
                .with(AnalysisOptions.BATCH_SIZE, 1));

    List<EmotionEvent> received = runDisturbed(cluster, pipeline);

    assertThat(EventSets.orderOfCalls(received)).isEqualTo(undisturbedOrder);
    assertThat(EventSets.byId(received)).isEqualTo(undisturbed);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CLUSTER")
  void recoversWithBatchesAndEvictedMemories(
      StateBackend stateBackend, Cluster cluster, @TempDir Path checkpoints)
      throws TopicUnavailableException, InterruptedException {
    TestPipeline pipeline =
        TestPipeline.with(
            cluster,
            MODELS,
            options(checkpoints, stateBackend, Delivery.EXACTLY_ONCE)
                .with(AnalysisOptions.BATCH_WAIT, Duration.ofMillis(100))
                .with(AnalysisOptions.RESIDENT_MEMORY, sizeOfTwoMemories()));

    List<EmotionEvent> received = runDisturbed(cluster, pipeline);

    assertThat(EventSets.orderOfCalls(received)).isEqualTo(undisturbedOrder);
    assertThat(EventSets.byId(received))
        .usingRecursiveComparison()
        .withComparatorForType(EventSets::compareRounded, Float.class)
        .isEqualTo(undisturbed);
  }

  /** Fewer memories than calls. */
  private static MemorySize sizeOfTwoMemories() {
    try (ModelHandle handle = MODELS.open();
        ChannelMemory memory = handle.model().newMemory(0)) {
      return new MemorySize(2 * memory.sizeBytes());
    }
  }

  /**
   * One subtask processes the first third, takes a checkpoint, and is cancelled within the second
   * third. Two subtasks continue from the checkpoint. In the last third the TaskManager dies.
   *
   * @return the committed events
   */
  private List<EmotionEvent> runDisturbed(Cluster cluster, TestPipeline pipeline)
      throws TopicUnavailableException, InterruptedException {
    int third = chunks.size() / 3;
    try (CallReplayer replayer = pipeline.replayer();
        TopicReader<EmotionEvent> events = pipeline.uncommittedEvents()) {
      RunningJob first = pipeline.start(1);
      replayer.send(chunks.subList(0, third), SETTINGS);
      events.await(read -> read.size() >= CALLS);
      String checkpoint = first.checkpoint();
      replayer.send(chunks.subList(third, 2 * third), SETTINGS);
      int atCheckpoint = events.size();
      events.await(read -> read.size() >= atCheckpoint + 2);
      first.cancel();

      RunningJob second = pipeline.restore(2, checkpoint);
      int atRestore = events.size();
      events.await(read -> read.size() >= atRestore + 2);
      cluster.flink().replaceTaskManager();
      replayer.send(chunks.subList(2 * third, chunks.size()), SETTINGS);
      events.await(EventSets.endOf(CALLS));
      second.checkpoint();
      try (TopicReader<EmotionEvent> committed = pipeline.events()) {
        // The job commits some time after the checkpoint is complete.
        return committed.await(EventSets.endOf(CALLS));
      } finally {
        second.cancel();
      }
    }
  }

  /** Only the test takes checkpoints, so the work after them is lost for certain. */
  private static JobOptions options(Path checkpoints, StateBackend backend, Delivery delivery) {
    return JobOptions.defaults()
        .with(RuntimeOptions.CHECKPOINT_DIR, checkpoints.toUri().toString())
        .with(RuntimeOptions.CHECKPOINT_INTERVAL, Duration.ofMinutes(10))
        .with(RuntimeOptions.CHECKPOINT_TIMEOUT, Duration.ofMinutes(1))
        .with(RuntimeOptions.STATE_BACKEND, backend)
        .with(KafkaOptions.DELIVERY, delivery)
        .with(AnalysisOptions.SAVED_WEIGHTS, Weights.FP32)
        .with(AnalysisOptions.SAVED_OPTIMIZER, OptimizerState.KEPT);
  }

  private static List<AudioChunk> simultaneousCalls() throws AudioFileException {
    List<AudioChunk> all = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      String file = i % 2 == 0 ? "lost-parcel" : "cold-house";
      all.addAll(
          CallChunks.of(DemoCalls.beginOf(DemoCalls.call(file, "call-" + i), 40_000), SETTINGS));
    }
    all.sort(Comparator.comparingLong(AudioChunk::getStartOffsetMs));
    return all;
  }
}
