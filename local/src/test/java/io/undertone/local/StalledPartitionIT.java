package io.undertone.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.audio.file.AudioFileException;
import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.jobs.options.AnalysisOptions;
import io.undertone.jobs.options.JobOptions;
import io.undertone.local.embedded.RunningJob;
import io.undertone.local.replay.CallChunks;
import io.undertone.local.replay.ReplaySettings;
import io.undertone.model.FakeEmotionModelFactory;
import io.undertone.schemas.AudioChunk;
import io.undertone.schemas.AudioCodec;
import io.undertone.schemas.EmotionEvent;
import io.undertone.schemas.EndReason;
import io.undertone.schemas.EventKind;
import io.undertone.schemas.Role;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A partition of a broker that gets no records for twelve timeouts, while another one does. */
@ExtendWith(ClusterExtension.class)
class StalledPartitionIT {
  private static final ReplaySettings SETTINGS =
      ReplaySettings.startingAt(1_600_000_000_000L).withCodec(AudioCodec.PCMU);
  private static final int STALLED = 0;
  private static final int BUSY = 1;
  private static final long BEGIN_MS = 1_600_000_000_000L;
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final long LATER_MS = BEGIN_MS + 12 * TIMEOUT.toMillis();

  /** A larger step would be a stall. */
  private static final long STEP_MS = TIMEOUT.toMillis() / 10;

  @Test
  void itsCallsGoOnAndSilentCallsOfTheOtherPartitionEnd(Cluster cluster)
      throws TopicUnavailableException,
          InterruptedException,
          AudioFileException,
          IOException,
          ExecutionException {
    List<AudioChunk> stalled = chunks("stalled");
    List<AudioChunk> silent = chunks("silent");
    List<AudioChunk> later = chunks("later");
    int half = stalled.size() / 2;
    TestPipeline pipeline =
        TestPipeline.with(
            cluster,
            new FakeEmotionModelFactory(),
            JobOptions.defaults().with(AnalysisOptions.CONVERSATION_TIMEOUT, TIMEOUT));
    letSendersSetTimestamps(pipeline);
    RunningJob job = pipeline.start(2);
    try (TopicReader<EmotionEvent> events = pipeline.events()) {
      pipeline.sendRecords(records(stalled.subList(0, half), STALLED, BEGIN_MS, pipeline));
      pipeline.sendRecords(records(silent.subList(0, half), BUSY, BEGIN_MS, pipeline));
      events.await(
          written ->
              !EventSets.ofCall("stalled", written).isEmpty()
                  && !EventSets.ofCall("silent", written).isEmpty());
      pipeline.sendRecords(chatter(pipeline));
      pipeline.sendRecords(records(later, BUSY, LATER_MS, pipeline));
      events.await(EventSets.endOf(2));
      pipeline.sendRecords(
          records(stalled.subList(half, stalled.size()), STALLED, LATER_MS, pipeline));
      events.await(EventSets.endOf(3));

      List<EmotionEvent> all = events.readAll();
      assertThat(endOf("silent", all)).isEqualTo(EndReason.TIMEOUT);
      assertThat(endOf("later", all)).isEqualTo(EndReason.LAST_CHUNK);
      assertThat(endOf("stalled", all)).isEqualTo(EndReason.LAST_CHUNK);
      assertThat(contents("stalled", all)).isEqualTo(contents("later", all));
      try (TopicReader<?> late = pipeline.late()) {
        assertThat(late.readAll()).isEmpty();
      }
    } finally {
      job.cancel();
    }
  }

  /** In small steps of time records of an agent, who is not analysed, until it is later. */
  private static List<ProducerRecord<byte[], byte[]>> chatter(TestPipeline pipeline)
      throws AudioFileException, IOException {
    AudioChunk chunk =
        chunks("chatter").stream()
            .filter(one -> one.getRole() == Role.AGENT)
            .findFirst()
            .orElseThrow();
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (long timeMs = BEGIN_MS; timeMs < LATER_MS; timeMs += STEP_MS) {
      records.addAll(records(List.of(chunk), BUSY, timeMs, pipeline));
    }
    return records;
  }

  /** By default the broker sets them. */
  private static void letSendersSetTimestamps(TestPipeline pipeline)
      throws ExecutionException, InterruptedException {
    ConfigResource topic =
        new ConfigResource(ConfigResource.Type.TOPIC, pipeline.topics().audioChunks());
    AlterConfigOp byCreation =
        new AlterConfigOp(
            new ConfigEntry(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "CreateTime"),
            AlterConfigOp.OpType.SET);
    try (Admin admin =
        Admin.create(
            Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, pipeline.bootstrapServers()))) {
      admin.incrementalAlterConfigs(Map.of(topic, List.of(byCreation))).all().get();
    }
  }

  private static EndReason endOf(String call, List<EmotionEvent> events) {
    return EventSets.ofCall(call, events).stream()
        .filter(event -> event.getKind() == EventKind.CONVERSATION)
        .map(event -> event.getConversation().getEndReason())
        .findFirst()
        .orElseThrow();
  }

  /** What the events of a call say of its audio. */
  private static List<String> contents(String call, List<EmotionEvent> events) {
    List<String> contents =
        EventSets.ofCall(call, events).stream()
            .map(
                event ->
                    "%s %d-%d %d"
                        .formatted(
                            event.getKind(),
                            event.getBeginOffsetMillis(),
                            event.getEndOffsetMillis(),
                            event.getUpdateStep()))
            .toList();
    assertThat(contents).hasSizeGreaterThan(2);
    return contents;
  }

  private static List<ProducerRecord<byte[], byte[]>> records(
      List<AudioChunk> chunks, int partition, long timestampMs, TestPipeline pipeline)
      throws IOException {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (AudioChunk chunk : chunks) {
      ByteBuffer encoded = AudioChunk.getEncoder().encode(chunk);
      byte[] value = new byte[encoded.remaining()];
      encoded.get(value);
      records.add(
          new ProducerRecord<>(
              pipeline.topics().audioChunks(),
              partition,
              timestampMs + chunk.getStartOffsetMs(),
              null,
              value));
    }
    return records;
  }

  private static List<AudioChunk> chunks(String call) throws AudioFileException {
    return CallChunks.of(DemoCalls.beginOf(DemoCalls.call("lost-parcel", call), 20_000), SETTINGS);
  }
}
