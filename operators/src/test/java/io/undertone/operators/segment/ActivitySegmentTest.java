package io.undertone.operators.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.operators.CallEnd;
import io.undertone.operators.chunk.DeadLetters;
import io.undertone.operators.chunk.OrderedChunk;
import io.undertone.operators.testing.Backend;
import io.undertone.operators.testing.KeyedStage;
import io.undertone.operators.testing.LoudnessDetector;
import io.undertone.operators.testing.Stages;
import io.undertone.operators.testing.TestCall;
import io.undertone.operators.utterance.SpokenUtterance;
import io.undertone.schemas.AudioCodec;
import io.undertone.schemas.DeadLetter;
import io.undertone.schemas.Role;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.types.Either;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The segment stage with a role of which only voice activity may be heard. */
class ActivitySegmentTest {
  private static final SegmentOptions OPTIONS =
      SegmentOptions.defaults().withActivityRoles(Set.of(Role.AGENT));

  /** A channel's state without audio: offsets, the detector's state, at most a frame. */
  private static final int MOST_STATE_BYTES = 1_000;

  private final TestCall call = TestCall.ofSeconds("call-1", 6);
  private KeyedStage<Either<OrderedChunk, CallEnd>, Either<SpokenUtterance, CallEnd>> stage;

  @BeforeEach
  void open() throws Exception {
    stage = KeyedStage.open(Stages.segment(OPTIONS), Backend.HASH_MAP);
  }

  @AfterEach
  void close() throws Exception {
    stage.close();
  }

  @Test
  void spansAreThoseOfUtterancesAndHaveNoAudio() throws Exception {
    process(0, 300, Role.CUSTOMER);
    List<SpokenUtterance> utterances = drain();
    stage.close();
    open();
    process(0, 300, Role.AGENT);
    List<SpokenUtterance> spans = drain();

    assertThat(spans).hasSize(3).allMatch(SpokenUtterance::isActivity);
    assertThat(spans).allSatisfy(span -> assertThat(span.prosody()).isNull());
    assertThat(utterances).hasSize(3).noneMatch(SpokenUtterance::isActivity);
    assertThat(spans)
        .extracting(span -> span.span().beginOffsetMs())
        .containsExactlyElementsOf(
            utterances.stream().map(one -> one.span().beginOffsetMs()).toList());
    assertThat(spans)
        .extracting(span -> span.span().endOffsetMs())
        .containsExactlyElementsOf(
            utterances.stream().map(one -> one.span().endOffsetMs()).toList());
  }

  @Test
  void stateHoldsNoMoreAudioThanTheDetectorNeeds() throws Exception {
    int activityBytes = 0;
    int utteranceBytes = 0;
    ChannelAudio agent = ChannelAudio.startingAt(Role.AGENT, 0);
    ChannelAudio customer = ChannelAudio.startingAt(Role.CUSTOMER, 0);
    for (long index = 0; index < 300; index++) {
      OrderedChunk chunk = new OrderedChunk(call.chunk(index), 0, Map.of());
      new ChannelProcessor(OPTIONS, new LoudnessDetector(), agent).accept(chunk);
      new ChannelProcessor(OPTIONS, new LoudnessDetector(), customer).accept(chunk);
      // What Opus keeps, no other codec does; the origins of the audio are no audio.
      agent.origins.clear();
      customer.origins.clear();
      agent.history = null;
      customer.history = null;
      activityBytes = Math.max(activityBytes, ChannelAudioFormat.write(agent).length);
      utteranceBytes = Math.max(utteranceBytes, ChannelAudioFormat.write(customer).length);
    }

    assertThat(activityBytes).isLessThan(MOST_STATE_BYTES);
    assertThat(utteranceBytes).as("of an utterance of a second").isGreaterThan(16_000);
  }

  @Test
  void aChannelThatBecomesTheAgentsIsNoLongerRecorded() throws Exception {
    process(0, 20, Role.CUSTOMER);
    process(20, 130, Role.AGENT);
    process(130, 300, Role.CUSTOMER);

    List<SpokenUtterance> spoken = drain();
    assertThat(spoken)
        .extracting(one -> one.span().role())
        .containsExactly(Role.CUSTOMER, Role.AGENT, Role.AGENT, Role.CUSTOMER, Role.CUSTOMER);
    assertThat(spoken)
        .allSatisfy(one -> assertThat(one.isActivity()).isEqualTo(one.span().role() == Role.AGENT));
    assertThat(spoken.get(0).span().endOffsetMs()).isLessThanOrEqualTo(400);
    assertThat(spoken.get(3).span().beginOffsetMs()).isGreaterThanOrEqualTo(2_600);
    assertThat(spoken.stream().filter(one -> !one.isActivity()))
        .extracting(one -> one.span().utteranceIndex())
        .containsExactly(0, 1, 2);
  }

  @Test
  void aDeadLetterOfTheAgentsChunkHasNoAudio() throws Exception {
    byte[] brokenOpus = {0, 3, 3, 63, 63};
    stage.process(
        Either.Left(
            new OrderedChunk(
                call.chunk(
                    call.audio(0)
                        .setRole(Role.AGENT)
                        .setCodec(AudioCodec.OPUS)
                        .setPayload(ByteBuffer.wrap(brokenOpus))),
                0,
                Map.of())));

    List<DeadLetter> letters = stage.drain(DeadLetters.TAG);
    assertThat(letters).hasSize(1);
    assertThat(letters.get(0).getValue()).isNull();
  }

  private void process(long from, long to, Role role) throws Exception {
    for (long index = from; index < to; index++) {
      stage.process(
          Either.Left(new OrderedChunk(call.chunk(call.audio(index).setRole(role)), 0, Map.of())));
    }
  }

  private List<SpokenUtterance> drain() throws Exception {
    List<SpokenUtterance> spoken = new ArrayList<>();
    stage.drain().forEach(step -> spoken.add(step.left()));
    return spoken;
  }
}
