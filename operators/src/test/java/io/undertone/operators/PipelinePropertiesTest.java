package io.undertone.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.operators.order.OrderOptions;
import io.undertone.operators.testing.Backend;
import io.undertone.operators.testing.Disorder;
import io.undertone.operators.testing.TestCall;
import io.undertone.operators.testing.TestPipeline;
import io.undertone.schemas.EmotionEvent;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for the events of every order of arrival within the reorder bound. */
class PipelinePropertiesTest {
  private static final TestCall CALL = TestCall.ofSeconds("call-1", 5);
  private static final int BOUND =
      (int) OrderOptions.defaults().reorderBoundMs() / TestCall.CHUNK_MS;

  @Property(tries = 20, seed = "7")
  void disorderAndRepetitionChangeNoEvent(@ForAll("disorder") Disorder disorder) throws Exception {
    List<EmotionEvent> ordered = run(Disorder.none(CALL.chunks()));

    assertThat(run(disorder)).hasSizeGreaterThan(2).isEqualTo(ordered);
  }

  @Provide
  Arbitrary<Disorder> disorder() {
    return Disorder.within(CALL.chunks(), BOUND);
  }

  private static List<EmotionEvent> run(Disorder disorder) throws Exception {
    try (TestPipeline pipeline = TestPipeline.open(Backend.HASH_MAP)) {
      for (long index : disorder.indexes()) {
        pipeline.process(CALL.record(CALL.audio(index), 0, TestCall.CALL_BEGIN_MS));
      }
      List<EmotionEvent> events = pipeline.events();
      // The number of duplicates depends on the input.
      events.stream()
          .filter(event -> event.getConversation() != null)
          .forEach(event -> event.getConversation().setDuplicateChunks(0));
      return events;
    }
  }
}
