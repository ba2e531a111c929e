package io.undertone.dashboard.view;

import io.undertone.dashboard.calls.CallState;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which calls of the history are wanted; null means any.
 *
 * @param text part of the conversation id or of an attribute's value, in any case
 * @param live whether the call goes on
 * @param emotion of the whole call, or of its last utterance while it goes on
 * @param from start of the call at the earliest, in milliseconds since 1970-01-01 UTC
 * @param to start of the call at the latest
 */
public record CallQuery(
    @Nullable String tenant,
    @Nullable String queue,
    @Nullable String emotion,
    @Nullable String role,
    @Nullable Boolean live,
    @Nullable String text,
    long from,
    long to,
    int offset,
    int limit) {

  private static final Set<String> EMOTIONS =
      Set.of("angry", "sad", "neutral", "happy", "uncertain");

  /** The answer: how many calls fit, and the wanted part of them, the latest first. */
  public record Answer(int total, List<CallRow> calls) {}

  /** Emotions that can be asked for: those of events, and others that calls have. */
  public static Set<String> emotions(List<CallState> calls) {
    Set<String> emotions = new TreeSet<>(EMOTIONS);
    for (CallState call : calls) {
      String emotion = emotionOf(call);
      if (emotion != null) {
        emotions.add(emotion);
      }
    }
    return emotions;
  }

  /** Selects from all calls that someone may see. */
  public Answer select(List<CallState> calls) {
    List<CallState> found =
        calls.stream()
            .filter(this::fits)
            .sorted(Comparator.comparingLong(CallState::startMs).reversed())
            .toList();
    return new Answer(
        found.size(), found.stream().skip(offset).limit(limit).map(CallRow::of).toList());
  }

  private boolean fits(CallState call) {
    return is(tenant, call.key().tenant())
        && is(queue, call.attributes().get("queue"))
        && (live == null || live == call.live())
        && call.startMs() >= from
        && call.startMs() <= to
        && is(emotion, emotionOf(call))
        && (role == null || call.sides().stream().anyMatch(side -> side.role().equals(role)))
        && (text == null || mentions(call, text.toLowerCase(Locale.ROOT)));
  }

  private static boolean is(@Nullable String wanted, @Nullable String value) {
    return wanted == null || wanted.equals(value);
  }

  private static @Nullable String emotionOf(CallState call) {
    if (call.summary() != null) {
      return call.summary().overallEmotion();
    }
    return call.sides().isEmpty() ? null : call.sides().get(0).last().emotion();
  }

  private static boolean mentions(CallState call, String part) {
    return call.key().conversation().toLowerCase(Locale.ROOT).contains(part)
        || call.attributes().values().stream()
            .anyMatch(value -> value.toLowerCase(Locale.ROOT).contains(part));
  }
}
