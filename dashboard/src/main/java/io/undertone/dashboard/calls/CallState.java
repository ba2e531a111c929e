package io.undertone.dashboard.calls;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call at one moment.
 *
 * @param live it has not ended, and its last event is recent
 * @param lastRecordMs when the broker got its last event
 * @param utterances of all sides, in the order of their begin
 * @param sides the customers first, then by channel; empty if nobody has spoken
 * @param attributes those of now
 * @param attributeChanges all of them, in the order of the events
 * @param alerts all of them, those first that were raised first
 * @param summary null while the call goes on
 */
public record CallState(
    CallKey key,
    boolean live,
    long lastRecordMs,
    List<Utterance> utterances,
    List<Side> sides,
    Map<String, String> attributes,
    List<AttributeChange> attributeChanges,
    List<RaisedAlert> alerts,
    @Nullable CallSummary summary,
    Need need) {

  /** When the call started, in milliseconds since 1970-01-01 UTC; 0 if nothing tells. */
  public long startMs() {
    if (!utterances.isEmpty()) {
      Utterance last = utterances.get(utterances.size() - 1);
      return last.eventTimeMs() - last.endMs();
    }
    return summary == null ? 0 : summary.eventTimeMs() - summary.endMs();
  }

  /** The end of the last utterance, or of the call, in milliseconds since its start. */
  public long lengthMs() {
    long length = summary == null ? 0 : summary.endMs();
    for (Side side : sides) {
      length = Math.max(length, side.last().endMs());
    }
    return length;
  }
}
