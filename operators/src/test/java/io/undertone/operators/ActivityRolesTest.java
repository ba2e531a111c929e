package io.undertone.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.operators.testing.Backend;
import io.undertone.operators.testing.TestCall;
import io.undertone.operators.testing.TestPipeline;
import io.undertone.schemas.AudioChunk;
import io.undertone.schemas.ConversationCharacteristics;
import io.undertone.schemas.EmotionEvent;
import io.undertone.schemas.EventKind;
import io.undertone.schemas.OffsetSpan;
import io.undertone.schemas.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A customer and an agent, of whom only voice activity is heard, and only if the job wants it. */
class ActivityRolesTest {
  private static final Set<Role> AGENT = Set.of(Role.AGENT);

  /** Both alternate a second of tone and a second of silence; the agent for twice as long. */
  private final TestCall customer = new TestCall("acme", "call-1", 0, 300);

  private final TestCall agent = new TestCall("acme", "call-1", 1, 600);

  @Test
  void eventsOfTheCustomerAreThoseOfACallWithoutTheAgent() throws Exception {
    List<EmotionEvent> with = run(AGENT);
    List<EmotionEvent> without = run(Set.of());

    assertThat(utterances(with)).hasSize(3).isEqualTo(utterances(without));
  }

  @Test
  void theSummaryKnowsBothSides() throws Exception {
    ConversationCharacteristics call = summary(run(AGENT));

    assertThat(call.getUtterances()).isEqualTo(3);
    assertThat(call.getTalkTime().getDetailsByParticipant()).containsOnlyKeys("AGENT", "CUSTOMER");
    assertThat(
            Objects.requireNonNull(call.getTalkTime().getDetailsByParticipant().get("AGENT"))
                .getTotalTimeMillis())
        .isBetween(6_000L, 7_000L);
    assertThat(call.getNonTalkTime().getInstances()).isEqualTo(List.<OffsetSpan>of());
    assertThat(call.getInterruptions().getTotalCount()).isZero();
    assertThat(call.getTotalConversationDurationMillis()).isEqualTo(12_000);
  }

  @Test
  void byDefaultNothingIsKnownOfTheAgent() throws Exception {
    ConversationCharacteristics call = summary(run(Set.of()));

    assertThat(call.getTalkTime().getDetailsByParticipant()).containsOnlyKeys("CUSTOMER");
    assertThat(call.getNonTalkTime()).isNull();
    assertThat(call.getTotalConversationDurationMillis()).isEqualTo(6_000);
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void whatTheAgentSpokeSurvivesARestart(Backend backend) throws Exception {
    List<EmotionEvent> events = new ArrayList<>();
    TestPipeline.Snapshot snapshot;
    try (TestPipeline pipeline = TestPipeline.open(backend, AGENT)) {
      process(0, 225, pipeline);
      snapshot = pipeline.snapshot();
      events.addAll(pipeline.events());
    }
    try (TestPipeline pipeline = TestPipeline.restore(backend, 2, snapshot, AGENT)) {
      process(225, 600, pipeline);
      events.addAll(pipeline.events());
    }

    assertThat(events).isEqualTo(run(AGENT));
  }

  @Test
  void theEndOfTheCallErasesWhatTheAgentSpoke() throws Exception {
    try (TestPipeline pipeline = TestPipeline.open(Backend.HASH_MAP, AGENT)) {
      process(0, 600, pipeline);

      assertThat(pipeline.stateEntriesAfterOrder()).isZero();
    }
  }

  private List<EmotionEvent> run(Set<Role> activityRoles) throws Exception {
    try (TestPipeline pipeline = TestPipeline.open(Backend.HASH_MAP, activityRoles)) {
      process(0, 600, pipeline);
      return List.copyOf(pipeline.events());
    }
  }

  private void process(long from, long to, TestPipeline pipeline) throws Exception {
    for (long index = from; index < to; index++) {
      if (index < customer.chunks()) {
        pipeline.process(customer.record(labelled(customer, index)));
      }
      pipeline.process(agent.record(labelled(agent, index).setRole(Role.AGENT)));
    }
  }

  private static AudioChunk.Builder labelled(TestCall call, long index) {
    return call.audio(index).setChannelRoles(List.of(Role.CUSTOMER, Role.AGENT));
  }

  private static List<EmotionEvent> utterances(List<EmotionEvent> events) {
    return events.stream().filter(event -> event.getKind() == EventKind.UTTERANCE).toList();
  }

  private static ConversationCharacteristics summary(List<EmotionEvent> events) {
    EmotionEvent last = events.get(events.size() - 1);
    assertThat(last.getKind()).isEqualTo(EventKind.CONVERSATION);
    return last.getConversation();
  }
}
