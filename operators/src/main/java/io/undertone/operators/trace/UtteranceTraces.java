package io.undertone.operators.trace;

import io.undertone.operators.Conversation;
import io.undertone.operators.utterance.UtteranceSpan;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.traces.Span;
import org.apache.flink.traces.SpanBuilder;

/**
 * Reports where the time of utterances goes, for a share of all calls. An utterance is a span with
 * a child for each part:
 *
 * <pre>
 * Utterance   from the capture of its end to its estimate
 *   Send        until its last record is in Kafka
 *   Listen      until it is read, in order and segmented
 *   HandOver    until the recognize stage takes it in
 *   Turn        until earlier utterances of its call are recognized
 *   Recognize   until the model has answered; the wait for a batch is part of it
 * </pre>
 */
public final class UtteranceTraces {
  private static final String NAME_PREFIX = "call-";
  private static final int HEXADECIMAL = 16;

  /** One more than the largest number in a call's name. */
  private static final double NUMBERS = 0x1p48;

  private final MetricGroup group;
  private final double share;

  /**
   * @param group reports the spans
   * @param share of calls, from 0 to 1
   */
  public UtteranceTraces(MetricGroup group, double share) {
    this.group = group;
    this.share = share;
  }

  /** Reports an utterance, if its call is among those that are traced. */
  public void report(UtteranceSpan utterance, Passage passage) {
    if (share > 0 && isTraced(utterance.conversation())) {
      group.addSpan(span(utterance, passage));
    }
  }

  /** Depends on the call alone, so that all of its utterances are traced, or none. */
  private boolean isTraced(Conversation conversation) {
    String number = Conversation.logName(conversation.key()).substring(NAME_PREFIX.length());
    return Long.parseLong(number, HEXADECIMAL) < share * NUMBERS;
  }

  private static SpanBuilder span(UtteranceSpan utterance, Passage passage) {
    // A sender's clock may be ahead.
    long beginMs = Math.min(passage.capturedMs(), passage.writtenMs());
    Parts parts = new Parts(beginMs);
    SpanBuilder span =
        Span.builder(UtteranceTraces.class, "Utterance")
            .setStartTsMillis(beginMs)
            .setAttribute("call", Conversation.logName(utterance.conversation().key()))
            .setAttribute("channel", utterance.channel())
            .setAttribute("utterance", utterance.utteranceIndex())
            .setAttribute("durationMs", utterance.durationMs())
            .addChild(parts.until(passage.writtenMs(), "Send"))
            .addChild(parts.until(passage.segmentedMs(), "Listen"))
            .addChild(parts.until(passage.arrivedMs(), "HandOver"))
            .addChild(parts.until(passage.begunMs(), "Turn"))
            .addChild(parts.until(passage.recognizedMs(), "Recognize"));
    return span.setEndTsMillis(parts.endMs);
  }

  /** Each part begins where the one before ends, and none takes less than no time. */
  private static final class Parts {
    private long endMs;

    Parts(long beginMs) {
      endMs = beginMs;
    }

    SpanBuilder until(long atMs, String name) {
      long beginMs = endMs;
      endMs = Math.max(beginMs, atMs);
      return Span.builder(UtteranceTraces.class, name)
          .setStartTsMillis(beginMs)
          .setEndTsMillis(endMs);
    }
  }
}
