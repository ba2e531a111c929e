package io.undertone.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.operators.decode.IncomingRecord;
import io.undertone.operators.testing.Backend;
import io.undertone.operators.testing.TestCall;
import io.undertone.operators.testing.TestPipeline;
import io.undertone.schemas.AudioChunk;
import io.undertone.schemas.Consent;
import io.undertone.schemas.EmotionEvent;
import io.undertone.schemas.EventKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Events carry the attributes that their call had at the time of the event. */
class CallAttributesTest {
  private static final Map<String, String> BILLING = Map.of("queue", "billing", "agent", "7");

  /** Five utterances, of which each ends within two seconds. */
  private final TestCall call = TestCall.ofSeconds("call-1", 10);

  @Test
  void eventsCarryTheAttributesOfTheirTime() throws Exception {
    assertThat(run(transferred()))
        .extracting(EmotionEvent::getAttributes)
        .containsExactly(
            BILLING,
            BILLING,
            Map.of("queue", "returns", "agent", "7"),
            Map.of("queue", "returns", "agent", "7"),
            Map.of("queue", "returns"),
            Map.of("queue", "returns"));
  }

  @Test
  void shuffledAndDuplicatedChunksGiveTheAttributesOfOrderedOnes() throws Exception {
    List<IncomingRecord> shuffled = new ArrayList<>();
    List<IncomingRecord> ordered = transferred();
    for (int from = 0; from < ordered.size(); from += 10) {
      List<IncomingRecord> window = new ArrayList<>(ordered.subList(from, from + 10));
      window.add(window.get(3));
      Collections.shuffle(window, new Random(from));
      shuffled.addAll(window);
    }

    assertThat(run(shuffled))
        .extracting(EmotionEvent::getAttributes)
        .containsExactlyElementsOf(run(ordered).stream().map(EmotionEvent::getAttributes).toList());
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void attributesSurviveARestart(Backend backend) throws Exception {
    List<EmotionEvent> events = new ArrayList<>();
    TestPipeline.Snapshot snapshot;
    try (TestPipeline pipeline = TestPipeline.open(backend)) {
      process(transferred().subList(0, 260), pipeline);
      snapshot = pipeline.snapshot();
      events.addAll(pipeline.events());
    }
    try (TestPipeline pipeline = TestPipeline.restore(backend, 2, snapshot)) {
      process(transferred().subList(260, 500), pipeline);
      events.addAll(pipeline.events());
    }

    assertThat(events).isEqualTo(run(transferred()));
  }

  @Test
  void aCallWhoseAnalysisWasDeniedHasNone() throws Exception {
    List<IncomingRecord> records = new ArrayList<>(transferred().subList(0, 260));
    records.add(call.record(call.audio(260).setConsent(Consent.DENIED)));

    List<EmotionEvent> events = run(records);

    EmotionEvent summary = events.get(events.size() - 1);
    assertThat(summary.getKind()).isEqualTo(EventKind.CONVERSATION);
    assertThat(summary.getAttributes()).isEmpty();
  }

  /** The attributes of the first chunk change in the third utterance, and one goes in the fifth. */
  private List<IncomingRecord> transferred() {
    return LongStream.range(0, call.chunks()).mapToObj(this::chunk).map(call::record).toList();
  }

  private AudioChunk.Builder chunk(long index) {
    AudioChunk.Builder audio = call.audio(index);
    if (index == 0) {
      audio.setAttributes(BILLING);
    } else if (index == 220) {
      audio.setAttributes(Map.of("queue", "returns"));
    } else if (index == 420) {
      audio.setAttributes(Map.of("agent", "", "unknown", ""));
    }
    return audio;
  }

  private static List<EmotionEvent> run(List<IncomingRecord> records) throws Exception {
    try (TestPipeline pipeline = TestPipeline.open(Backend.HASH_MAP)) {
      process(records, pipeline);
      assertThat(pipeline.drainDeadLetters()).isEmpty();
      return pipeline.events();
    }
  }

  private static void process(List<IncomingRecord> records, TestPipeline pipeline)
      throws Exception {
    for (IncomingRecord record : records) {
      pipeline.process(record);
    }
  }
}
