package io.undertone.operators.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.undertone.operators.Conversation;
import io.undertone.operators.utterance.UtteranceSpan;
import io.undertone.schemas.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.traces.Span;
import org.apache.flink.traces.SpanBuilder;
import org.junit.jupiter.api.Test;

class UtteranceTracesTest {
  private static final Conversation CALL = new Conversation("acme", "call-of-anna");

  private final List<Span> spans = new ArrayList<>();

  private final UnregisteredMetricsGroup group =
      new UnregisteredMetricsGroup() {
        @Override
        public void addSpan(SpanBuilder span) {
          spans.add(span.build());
        }
      };

  @Test
  void partsFollowEachOther() {
    trace(1).report(utterance(CALL), new Passage(1_000, 1_200, 1_250, 1_260, 1_400, 1_450));

    assertThat(spans)
        .singleElement()
        .satisfies(
            span -> {
              assertThat(span.getName()).isEqualTo("Utterance");
              assertThat(span.getStartTsMillis()).isEqualTo(1_000);
              assertThat(span.getEndTsMillis()).isEqualTo(1_450);
              assertThat(span.getChildren())
                  .extracting(Span::getName, Span::getStartTsMillis, Span::getEndTsMillis)
                  .containsExactly(
                      tuple("Send", 1_000L, 1_200L),
                      tuple("Listen", 1_200L, 1_250L),
                      tuple("HandOver", 1_250L, 1_260L),
                      tuple("Turn", 1_260L, 1_400L),
                      tuple("Recognize", 1_400L, 1_450L));
            });
  }

  @Test
  void aClockThatIsAheadTakesNoTimeFromAPart() {
    trace(1).report(utterance(CALL), new Passage(9_000, 1_200, 1_150, 1_260, 1_260, 1_450));

    Span span = spans.get(0);
    assertThat(span.getStartTsMillis()).isEqualTo(1_200);
    assertThat(span.getEndTsMillis()).isEqualTo(1_450);
    assertThat(span.getChildren())
        .allMatch(part -> part.getStartTsMillis() <= part.getEndTsMillis());
  }

  @Test
  void theCallIsNamedByItsHash() {
    trace(1).report(utterance(CALL), new Passage(1, 2, 3, 4, 5, 6));

    assertThat(spans.get(0).getAttributes())
        .isEqualTo(
            Map.of("call", CALL.toString(), "channel", 1L, "utterance", 2L, "durationMs", 3_000L));
  }

  @Test
  void aShareOfTheCallsIsTraced() {
    UtteranceTraces some = trace(0.25);
    for (int i = 0; i < 1_000; i++) {
      UtteranceSpan utterance = utterance(new Conversation("acme", "call-" + i));
      int before = spans.size();
      some.report(utterance, new Passage(1, 2, 3, 4, 5, 6));
      some.report(utterance, new Passage(7, 8, 9, 10, 11, 12));
      assertThat(spans.size() - before).as("all utterances of a call, or none").isIn(0, 2);
    }
    assertThat(spans).hasSizeBetween(2 * 200, 2 * 300);
  }

  @Test
  void noneIsTracedByDefault() {
    trace(0).report(utterance(CALL), new Passage(1, 2, 3, 4, 5, 6));

    assertThat(spans).isEmpty();
  }

  private UtteranceTraces trace(double share) {
    return new UtteranceTraces(group, share);
  }

  private static UtteranceSpan utterance(Conversation call) {
    return new UtteranceSpan(call, 1, Role.CUSTOMER, 2, 4_000, 7_000, 0, 1_000, 5, Map.of());
  }
}
