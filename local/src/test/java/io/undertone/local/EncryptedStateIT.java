package io.undertone.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.audio.file.AudioFileException;
import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.jobs.options.JobOptions;
import io.undertone.jobs.options.RuntimeOptions;
import io.undertone.jobs.options.StateBackend;
import io.undertone.local.embedded.RunningJob;
import io.undertone.local.replay.CallChunks;
import io.undertone.local.replay.CallReplayer;
import io.undertone.local.replay.ReplaySettings;
import io.undertone.local.savepoint.SavepointException;
import io.undertone.local.savepoint.SavepointMemories;
import io.undertone.model.FakeEmotionModelFactory;
import io.undertone.operators.encryption.StateKeyException;
import io.undertone.operators.encryption.StateKeySource;
import io.undertone.schemas.AudioChunk;
import io.undertone.schemas.AudioCodec;
import io.undertone.schemas.EmotionEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A job whose state is encrypted: its savepoints, and what it says of missing keys. */
@ExtendWith(ClusterExtension.class)
class EncryptedStateIT {
  private static final ReplaySettings SETTINGS =
      ReplaySettings.startingAt(1_600_000_000_000L).withCodec(AudioCodec.PCMU);

  /** Begins each memory that is not encrypted. */
  private static final byte[] MEMORY = {'U', 'T', 'M', 'M'};

  private @TempDir Path folder;

  @Test
  void aSavepointHoldsNoPlainMemoryAndNeedsItsKey(Cluster cluster)
      throws TopicUnavailableException,
          InterruptedException,
          AudioFileException,
          IOException,
          SavepointException {
    Path key = writeKey("first", 1);
    TestPipeline pipeline = pipeline(cluster, key.toString());
    List<AudioChunk> call =
        CallChunks.of(
            DemoCalls.beginOf(DemoCalls.call("lost-parcel", "encrypted"), 20_000), SETTINGS);
    RunningJob job = pipeline.start(1);
    try (CallReplayer replayer = pipeline.replayer();
        TopicReader<EmotionEvent> events = pipeline.events()) {
      replayer.send(call.subList(0, call.size() / 2), SETTINGS);
      events.await(written -> !written.isEmpty());
      Path savepoint = job.stopWithSavepoint(folder);

      assertThat(CheckpointFiles.contain(savepoint, MEMORY)).isFalse();
      assertThat(CheckpointFiles.contain(savepoint, "first".getBytes(StandardCharsets.UTF_8)))
          .isTrue();
      assertThat(SavepointMemories.read(savepoint, new StateKeySource(key.toString()).open()))
          .isNotEmpty()
          .allSatisfy(memory -> assertThat(memory.keyId()).contains("first"));
      assertThatThrownBy(() -> SavepointMemories.read(savepoint, StateKeySource.none().open()))
          .isInstanceOf(StateKeyException.class)
          .hasMessageContaining("'first'");
      Files.move(key, folder.resolve("kept"));
      writeKey("second", 2, key);
      RunningJob withoutKey = pipeline.restore(1, savepoint.toUri().toString());
      assertThat(withoutKey.awaitEnd()).isFalse();
      assertThat(withoutKey.lastFailure())
          .hasValueSatisfying(
              failure ->
                  assertThat(failure)
                      .contains("the keys of the state are unusable, which no restart can mend")
                      .contains("'first'"));

      Files.write(
          key,
          List.of(Files.readString(key).strip(), Files.readString(folder.resolve("kept")).strip()));
      RunningJob rotated = pipeline.restore(1, savepoint.toUri().toString());
      replayer.send(call.subList(call.size() / 2, call.size()), SETTINGS);
      assertThat(events.await(EventSets.endOf(1)))
          .extracting(EmotionEvent::getMemoryReset)
          .containsOnlyNulls();
      rotated.cancel();
    }
  }

  private static TestPipeline pipeline(Cluster cluster, String keys)
      throws TopicUnavailableException {
    return TestPipeline.with(
        cluster,
        new FakeEmotionModelFactory(),
        JobOptions.defaults()
            .with(RuntimeOptions.CHECKPOINT_INTERVAL, Duration.ofMinutes(10))
            .with(RuntimeOptions.STATE_BACKEND, StateBackend.ROCKSDB)
            .with(RuntimeOptions.STATE_KEYS, keys));
  }

  private Path writeKey(String id, int number) throws IOException {
    return writeKey(id, number, folder.resolve("keys"));
  }

  private static Path writeKey(String id, int number, Path file) throws IOException {
    byte[] key = new byte[32];
    key[0] = (byte) number;
    return Files.writeString(file, id + ": " + Base64.getEncoder().encodeToString(key) + "\n");
  }
}
