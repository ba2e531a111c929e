package io.undertone.model.torch.memory;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Changes to a memory that learns tokens. Null keeps the present value.
 *
 * @param rank alpha changes with it, so that alpha / rank stays the same
 * @param targets projections as {@code undertone.json} names them
 * @param optimizer as {@code undertone.json} names it
 */
public record TokenLearningChanges(
    @Nullable Integer rank,
    @Nullable List<String> targets,
    @Nullable String optimizer,
    @Nullable Double learningRate,
    @Nullable Integer prefixTokens,
    @Nullable Integer windowTokens,
    @Nullable Integer prefixRefreshUtterances) {

  /** Another window alone. */
  public static TokenLearningChanges ofWindow(int tokens) {
    return new TokenLearningChanges(null, null, null, null, null, tokens, null);
  }

  /** Another refresh of prefixes alone. */
  public static TokenLearningChanges ofPrefixRefresh(int utterances) {
    return new TokenLearningChanges(null, null, null, null, null, null, utterances);
  }

  public boolean isEmpty() {
    return Stream.of(
            rank,
            targets,
            optimizer,
            learningRate,
            prefixTokens,
            windowTokens,
            prefixRefreshUtterances)
        .allMatch(Objects::isNull);
  }
}
