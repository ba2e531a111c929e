package io.undertone.model;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What each side of a call was last heard to feel: what {@link RecognitionRequest#otherSide} asks
 * for. For those who hear a call from its begin to its end; of no use to many threads.
 *
 * @param <S> names a side
 */
public final class LastHeard<S> {

  /** Who spoke last stands last. */
  private final Map<S, EmotionEstimate> bySide = new LinkedHashMap<>();

  /** Takes down what a side was heard to feel. */
  public void heard(S side, EmotionEstimate estimate) {
    bySide.remove(side);
    bySide.put(side, estimate);
  }

  /** Of all sides but one, what the one that spoke last was heard to feel. */
  public Optional<EmotionEstimate> besides(S side) {
    return bySide.entrySet().stream()
        .filter(heard -> !heard.getKey().equals(side))
        .map(Map.Entry::getValue)
        .reduce((earlier, later) -> later);
  }
}
