package io.undertone.operators.emit;

import io.undertone.model.EmotionEstimate;
import io.undertone.operators.state.TrajectoryPoint;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The score of a call from 0 to 100, by its callers: 50 + 5 * whole + 5 * end, where both are
 * scores of sentiment from -5 to 5, of the whole call and of its last quarter with speech. The end
 * weighs as much as the whole call, since people remember a call by how it ended.
 */
final class CallScore {
  private static final int QUARTERS = 4;

  private CallScore() {}

  /**
   * The score; null without utterances.
   *
   * @param estimated utterances of callers
   */
  static @Nullable Float of(List<TrajectoryPoint> estimated, long endOffsetMs) {
    Optional<EmotionEstimate> whole =
        EmotionMean.between(estimated, Long.MIN_VALUE, Long.MAX_VALUE);
    Optional<EmotionEstimate> end = Optional.empty();
    for (int i = QUARTERS - 1; i >= 0 && end.isEmpty(); i--) {
      end =
          EmotionMean.between(
              estimated, endOffsetMs * i / QUARTERS, endOffsetMs * (i + 1) / QUARTERS);
    }
    return whole.isPresent() && end.isPresent()
        ? 50 + 5 * Sentiments.score(whole.get()) + 5 * Sentiments.score(end.get())
        : null;
  }
}
