package io.undertone.model.torch.memory;

import java.util.ArrayList;
import java.util.List;

/**
 * One utterance for each of several memories of one kind.
 *
 * @param <M> the kind of memory
 * @param memories at least one
 * @param utterances one per memory, in the same order
 */
public record MemoryBatch<M extends LiveMemory>(
    List<M> memories, List<TokenizedUtterance> utterances) {

  public MemoryBatch {
    if (memories.isEmpty() || memories.size() != utterances.size()) {
      throw new IllegalArgumentException(
          "memories must be as many as utterances and at least 1, but are %d and %d"
              .formatted(memories.size(), utterances.size()));
    }
  }

  /**
   * A batch of memories that must be of one kind.
   *
   * @throws IllegalArgumentException if a memory is of another kind
   */
  public static <M extends LiveMemory> MemoryBatch<M> of(
      Class<M> kind, List<? extends LiveMemory> memories, List<TokenizedUtterance> utterances) {
    return new MemoryBatch<>(allOf(kind, memories), utterances);
  }

  /**
   * Memories that must be of one kind.
   *
   * @throws IllegalArgumentException if a memory is of another kind
   */
  public static <M extends LiveMemory> List<M> allOf(
      Class<M> kind, List<? extends LiveMemory> memories) {
    return memories.stream().map(memory -> only(kind, memory)).toList();
  }

  /** A memory that must be of one kind. */
  public static <M extends LiveMemory> M only(Class<M> kind, LiveMemory memory) {
    if (!kind.isInstance(memory)) {
      throw new IllegalArgumentException(
          "memory must be a %s, but is %s".formatted(kind.getSimpleName(), memory));
    }
    return kind.cast(memory);
  }

  public List<int[]> tokens() {
    return utterances.stream().map(TokenizedUtterance::tokens).toList();
  }

  /** Each history after its utterance, cut to the last {@code most} tokens. */
  public List<TokenHistory> histories(int most) {
    List<TokenHistory> histories = new ArrayList<>();
    for (int row = 0; row < memories.size(); row++) {
      histories.add(memories.get(row).history().with(utterances.get(row).tokens(), most));
    }
    return histories;
  }

  /** Some rows of the batch. */
  public MemoryBatch<M> rows(List<Integer> rows) {
    return new MemoryBatch<>(
        rows.stream().map(memories::get).toList(), rows.stream().map(utterances::get).toList());
  }
}
