package io.undertone.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.audio.file.AudioFileException;
import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.jobs.options.AnalysisOptions;
import io.undertone.jobs.options.JobOptions;
import io.undertone.jobs.options.KafkaOptions;
import io.undertone.local.embedded.RunningJob;
import io.undertone.local.replay.CallReplayer;
import io.undertone.local.replay.ReplaySettings;
import io.undertone.model.FakeEmotionModelFactory;
import io.undertone.schemas.ConversationCharacteristics;
import io.undertone.schemas.EmotionEvent;
import io.undertone.schemas.EventKind;
import io.undertone.schemas.ParticipantRole;
import io.undertone.schemas.Role;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.apache.avro.message.MessageDecoder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A call whose agent is heard by voice activity alone, in events and as a document. */
@ExtendWith(ClusterExtension.class)
class ContactLensIT {
  private static final ReplaySettings SETTINGS = ReplaySettings.startingAt(1_600_000_000_000L);
  private static final String TOMBSTONE = "tombstone";

  @Test
  void aCallOfBothSidesIsTheirsInEventAndDocumentUntilItIsErased(Cluster cluster)
      throws TopicUnavailableException, InterruptedException, AudioFileException, IOException {
    String topic = UUID.randomUUID() + ".contact-lens";
    TestPipeline pipeline =
        TestPipeline.with(
            cluster,
            new FakeEmotionModelFactory(),
            JobOptions.defaults()
                .with(AnalysisOptions.ACTIVITY_ROLES, List.of(Role.AGENT))
                .with(KafkaOptions.CONTACT_LENS_TOPIC, topic));
    RunningJob job = pipeline.start(2);
    try (CallReplayer replayer = pipeline.replayer();
        TopicReader<EmotionEvent> events = pipeline.events();
        TopicReader<String> documents = pipeline.read(topic, new TextDecoder())) {
      replayer.replay(DemoCalls.call("lost-parcel", "call"), SETTINGS);
      List<EmotionEvent> written = events.await(EventSets.endOf(1));
      String document = documents.await(read -> !read.isEmpty()).get(0);
      ForgetRequests.send("call", pipeline);
      documents.await(read -> read.contains(TOMBSTONE));

      assertThat(written)
          .filteredOn(event -> event.getKind() == EventKind.UTTERANCE)
          .hasSizeGreaterThan(3)
          .allSatisfy(
              event -> {
                assertThat(event.getParticipantRole()).isEqualTo(ParticipantRole.CUSTOMER);
                assertThat(event.getLoudnessDbfs()).isBetween(-60f, 0f);
                assertThat(event.getSyllablesPerSecond()).isBetween(0f, 12f);
              });
      ConversationCharacteristics call = written.get(written.size() - 1).getConversation();
      long customerMs = talkTimeMs(call, "CUSTOMER");
      long agentMs = talkTimeMs(call, "AGENT");
      assertThat(customerMs).isGreaterThan(10_000);
      assertThat(agentMs).isGreaterThan(10_000);
      assertThat(call.getTalkTime().getTotalTimeMillis()).isEqualTo(customerMs + agentMs);
      assertThat(call.getNonTalkTime()).isNotNull();
      assertThat(document)
          .contains("\"ContactId\":\"call\"", "\"ParticipantRole\":\"AGENT\"")
          .contains("\"AGENT\":{\"TotalTimeMillis\":" + agentMs + "}");
      assertThat(new String(documents.records().get(1).key(), StandardCharsets.UTF_8))
          .isEqualTo(DemoCalls.TENANT + "/call");
    } finally {
      job.cancel();
    }
  }

  private static long talkTimeMs(ConversationCharacteristics call, String role) {
    return Objects.requireNonNull(call.getTalkTime().getDetailsByParticipant().get(role), role)
        .getTotalTimeMillis();
  }

  /** Values as text. */
  private static final class TextDecoder extends MessageDecoder.BaseDecoder<String> {

    @Override
    public String decode(InputStream stream, @Nullable String reuse) throws IOException {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }

    @Override
    public String decode(byte @Nullable [] encoded) throws IOException {
      return encoded == null ? TOMBSTONE : new String(encoded, StandardCharsets.UTF_8);
    }
  }
}
