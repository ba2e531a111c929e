package io.undertone.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.undertone.audio.file.AudioFileException;
import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.jobs.options.InvalidOptionException;
import io.undertone.jobs.options.JobOptions;
import io.undertone.local.embedded.RunningJob;
import io.undertone.local.replay.CallChunks;
import io.undertone.local.replay.CallReplayer;
import io.undertone.local.replay.ReplaySettings;
import io.undertone.model.FakeEmotionModelFactory;
import io.undertone.schemas.Alert;
import io.undertone.schemas.AlertState;
import io.undertone.schemas.AudioChunk;
import io.undertone.schemas.DeadLetter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Alerts of calls, by rules from a file that the topic of rules changes while the job runs. */
@ExtendWith(ClusterExtension.class)
class AlertsIT {
  private static final ReplaySettings SETTINGS = ReplaySettings.startingAt(1_600_000_000_000L);

  @Test
  void rulesChangeWhileTheJobRunsAndErasedCallsAreTold(Cluster cluster, @TempDir Path folder)
      throws TopicUnavailableException, InvalidOptionException, InterruptedException, IOException {
    Path rules =
        Files.writeString(
            folder.resolve("rules.yaml"), "- {alert: Ended, when: {callScore: '>= 0'}}");
    TestPipeline pipeline =
        TestPipeline.with(
            cluster, new FakeEmotionModelFactory(), JobOptions.parse("--alert-rules=" + rules));
    RunningJob job = pipeline.start(2);
    try (CallReplayer replayer = pipeline.replayer();
        TopicReader<Alert> alerts = pipeline.read(pipeline.topics().alerts(), Alert.getDecoder());
        TopicReader<DeadLetter> letters = pipeline.deadLetters()) {
      replayer.send(chunks("first"), SETTINGS);
      List<Alert> first = alerts.await(read -> read.size() == 2);
      assertThat(first)
          .extracting(Alert::getState)
          .containsExactly(AlertState.FIRING, AlertState.RESOLVED);
      assertThat(first).allMatch(alert -> alert.getConversationId().equals("first"));
      assertThat(first.get(0).getEvidence()).hasSize(1);

      pipeline.sendRecords(
          List.of(
              rule("Ended", "{alert: Ended, version: 2, when: {callScore: '<= 100'}}", pipeline),
              rule("Ended", "{alert: Ended, version: 3, when: {callScore: soon}}", pipeline)));
      DeadLetter letter = letters.await(read -> !read.isEmpty()).get(0);
      assertThat(letter.getTopic()).isEqualTo(pipeline.topics().alertRules());
      assertThat(letter.getMessage()).startsWith("1:46: 'callScore' must be a comparison");

      replayer.send(chunks("second"), SETTINGS);
      List<Alert> second = alerts.await(read -> read.size() == 4).subList(2, 4);
      assertThat(second)
          .extracting(Alert::getConversationId, Alert::getRuleVersion)
          .containsOnly(tuple("second", 2));

      ForgetRequests.send("second", pipeline);
      Alert erased = alerts.await(read -> read.size() == 5).get(4);
      assertThat(erased.getState()).isEqualTo(AlertState.ERASED);
      assertThat(erased.getConversationId()).isEqualTo("second");
    } finally {
      job.cancel();
    }
  }

  private static ProducerRecord<byte[], byte[]> rule(
      String name, String yaml, TestPipeline pipeline) {
    return new ProducerRecord<>(
        pipeline.topics().alertRules(),
        name.getBytes(StandardCharsets.UTF_8),
        yaml.getBytes(StandardCharsets.UTF_8));
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
