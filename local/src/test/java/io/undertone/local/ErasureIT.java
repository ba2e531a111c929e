package io.undertone.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.audio.file.AudioFileException;
import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.jobs.options.JobOptions;
import io.undertone.jobs.options.RuntimeOptions;
import io.undertone.jobs.options.StateBackend;
import io.undertone.local.embedded.RunningJob;
import io.undertone.local.replay.CallChunks;
import io.undertone.local.replay.CallReplayer;
import io.undertone.local.replay.ReplaySettings;
import io.undertone.model.FakeEmotionModelFactory;
import io.undertone.schemas.AudioChunk;
import io.undertone.schemas.AudioCodec;
import io.undertone.schemas.EmotionEvent;
import io.undertone.schemas.ErasureRecord;
import io.undertone.schemas.EventKind;
import io.undertone.schemas.Role;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A call that is erased on request: in the topics, and in the files of checkpoints. */
@ExtendWith(ClusterExtension.class)
class ErasureIT {
  private static final ReplaySettings SETTINGS =
      ReplaySettings.startingAt(1_600_000_000_000L).withCodec(AudioCodec.PCMU);

  /** More than RocksDB collects before it compacts the youngest files of a state, four. */
  private static final int MOST_CHECKPOINTS = 20;

  @Test
  void nothingOfACallIsAnalysedAfterARequestAndAllAreTold(Cluster cluster)
      throws TopicUnavailableException, InterruptedException, IOException {
    TestPipeline pipeline = TestPipeline.with(cluster);
    List<AudioChunk> call = chunks("erased");
    RunningJob job = pipeline.start(2);
    try (CallReplayer replayer = pipeline.replayer();
        TopicReader<EmotionEvent> events = pipeline.events();
        TopicReader<ErasureRecord> audit =
            pipeline.read(pipeline.topics().audit(), ErasureRecord.getDecoder())) {
      replayer.send(call.subList(0, call.size() / 2), SETTINGS);
      int before = events.await(written -> !written.isEmpty()).size();
      ForgetRequests.send("erased", pipeline);
      List<ErasureRecord> evidence = audit.await(written -> !written.isEmpty());
      replayer.send(call.subList(call.size() / 2, call.size()), SETTINGS);
      replayer.send(chunks("other"), SETTINGS);

      List<EmotionEvent> written = events.await(EventSets.endOf(1));
      List<EmotionEvent> erased = EventSets.ofCall("erased", written);
      assertThat(before).isPositive();
      assertThat(erased.get(erased.size() - 1).getKind()).isEqualTo(EventKind.ERASED);
      assertThat(erased)
          .extracting(EmotionEvent::getKind)
          .containsOnlyOnce(EventKind.ERASED)
          .doesNotContain(EventKind.CONVERSATION);
      assertThat(evidence.get(0).getConversationId()).isEqualTo("erased");
      assertThat(evidence.get(0).getRequestedBy()).isEqualTo("anna");
      assertThat(evidence.get(0).getTopic()).isEqualTo(pipeline.topics().control());
    } finally {
      job.cancel();
    }
  }

  /** Its bytes are in files until these are compacted; other calls bring that about. */
  @Test
  void theAudioOfAnErasedCallLeavesTheCheckpointsOfRocksDb(
      Cluster cluster, @TempDir Path checkpoints)
      throws TopicUnavailableException, InterruptedException, IOException {
    TestPipeline pipeline =
        TestPipeline.with(
            cluster,
            new FakeEmotionModelFactory(),
            JobOptions.defaults()
                .with(RuntimeOptions.CHECKPOINT_DIR, checkpoints.toUri().toString())
                .with(RuntimeOptions.CHECKPOINT_INTERVAL, Duration.ofMinutes(10))
                .with(RuntimeOptions.STATE_BACKEND, StateBackend.ROCKSDB));
    byte[] voice = new byte[160];
    new Random(1).nextBytes(voice);
    RunningJob job = pipeline.start(1);
    try (CallReplayer replayer = pipeline.replayer();
        TopicReader<EmotionEvent> events = pipeline.events()) {
      // Its end shows that all tasks run.
      replayer.send(chunks("first"), SETTINGS);
      events.await(EventSets.endOf(1));
      replayer.send(waiting("erased", voice), SETTINGS);
      int written = 0;
      while (!CheckpointFiles.contain(checkpoints, voice)) {
        assertThat(written++).as("checkpoints without the audio").isLessThan(MOST_CHECKPOINTS);
        job.checkpoint();
      }
      ForgetRequests.send("erased", pipeline);
      events.await(read -> read.stream().anyMatch(event -> event.getKind() == EventKind.ERASED));

      int since = 0;
      while (CheckpointFiles.contain(checkpoints, voice)) {
        assertThat(since).as("checkpoints with the audio").isLessThan(MOST_CHECKPOINTS);
        replayer.send(waiting("other-" + since++, new byte[160]), SETTINGS);
        job.checkpoint();
      }
      assertThat(since).as("checkpoints until the audio was gone").isPositive();
    } finally {
      job.cancel();
    }
  }

  /** The begin of a call whose last chunk has this payload, and waits for the one before it. */
  private static List<AudioChunk> waiting(String conversationId, byte[] payload) {
    List<AudioChunk> begin =
        new ArrayList<>(
            chunks(conversationId).stream()
                .filter(chunk -> chunk.getRole() == Role.CUSTOMER)
                .limit(12)
                .toList());
    AudioChunk last = begin.remove(11);
    begin.remove(10);
    begin.add(AudioChunk.newBuilder(last).setPayload(ByteBuffer.wrap(payload)).build());
    return begin;
  }

  private static List<AudioChunk> chunks(String conversationId) {
    try {
      return CallChunks.of(
          DemoCalls.beginOf(DemoCalls.call("lost-parcel", conversationId), 20_000), SETTINGS);
    } catch (AudioFileException e) {
      throw new IllegalStateException("a bundled call must be readable", e);
    }
  }
}
