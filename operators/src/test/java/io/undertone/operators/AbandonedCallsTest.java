package io.undertone.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.operators.order.CallLimits;
import io.undertone.operators.testing.Backend;
import io.undertone.operators.testing.LiveTopic;
import io.undertone.operators.testing.TestCall;
import io.undertone.operators.testing.TestPipeline;
import io.undertone.schemas.EmotionEvent;
import io.undertone.schemas.EndReason;
import io.undertone.schemas.EventKind;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Calls that begin one after the other and never send a last chunk. {@code
 * -Dundertone.calls=1000000} lets more of them begin.
 */
class AbandonedCallsTest {
  private static final int CALLS = Integer.getInteger("undertone.calls", 10_000);
  private static final CallLimits LIMITS = CallLimits.defaults();
  private static final long MINUTE_MS = 60_000;

  /** Chunks of a call: most say nothing, some speak for three seconds and have a memory. */
  private static final int FEW = 3;

  private static final int MANY = 150;
  private static final int ONE_SPEAKS_OF = 50;

  private int ended;
  private int utterances;

  @Test
  void allTimeOutAndTheirStateDoesNotGrowWithTheirNumber() throws Exception {
    try (TestPipeline pipeline = TestPipeline.open(Backend.HASH_MAP)) {
      LiveTopic topic = LiveTopic.of(pipeline);
      int mostInFirstHalf = begin(0, CALLS / 2, topic, pipeline);
      int mostInSecondHalf = begin(CALLS / 2, CALLS, topic, pipeline);
      topic.pass(LIMITS.conversationTimeoutMs() + MINUTE_MS, 0);
      count(pipeline.drainEvents());

      assertThat(ended).isEqualTo(CALLS);
      assertThat(utterances).isGreaterThanOrEqualTo(CALLS / ONE_SPEAKS_OF);
      assertThat(mostInSecondHalf).isLessThan(mostInFirstHalf + mostInFirstHalf / 20);
      assertThat(pipeline.stateEntriesAfterOrder()).isZero();
      topic.pass(LIMITS.endedTtlMs() + MINUTE_MS, 0);
      assertThat(pipeline.stateEntriesOfOrder()).isZero();
    }
  }

  /** Returns the most entries of keyed state at any time, without what is kept of ended calls. */
  private int begin(int from, int to, LiveTopic topic, TestPipeline pipeline) throws Exception {
    int most = 0;
    for (int i = from; i < to; i++) {
      topic.write(TestCall.ofSeconds("call-" + i, 60), 0, i % ONE_SPEAKS_OF == 0 ? MANY : FEW, 0);
      most = Math.max(most, pipeline.stateEntriesAfterOrder());
      count(pipeline.drainEvents());
    }
    return most;
  }

  private void count(List<EmotionEvent> events) {
    for (EmotionEvent event : events) {
      if (event.getKind() == EventKind.CONVERSATION) {
        ended++;
        assertThat(event.getConversation().getEndReason()).isEqualTo(EndReason.TIMEOUT);
      } else {
        utterances++;
      }
    }
  }
}
