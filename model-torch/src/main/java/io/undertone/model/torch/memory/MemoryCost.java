package io.undertone.model.torch.memory;

import java.util.OptionalInt;

/**
 * What one memory costs.
 *
 * @param adapterParameters values that take part in each pass of the decoder
 * @param valueBytes of all its values, with the optimiser's moments, float32
 * @param cacheBytes at most, of what it keeps on the device beside its values
 * @param windowTokens that the decoder reads for an estimate, at most
 * @param learningPrefixTokens that the decoder reads before an utterance to learn it, at most;
 *     empty if learning needs no pass of the decoder
 */
public record MemoryCost(
    long adapterParameters,
    long valueBytes,
    long cacheBytes,
    int windowTokens,
    OptionalInt learningPrefixTokens) {

  /** A native manager, the headers of its arrays, and the Java objects that hold them. */
  private static final long OVERHEAD_BYTES = 4096;

  /** Number of tokens that a memory keeps of its conversation, at most. */
  public int historyTokens() {
    return Math.max(windowTokens, learningPrefixTokens.orElse(0));
  }

  /** Number of tokens beside the utterance in a batch row, at most. */
  public int contextTokens() {
    return learningPrefixTokens.orElse(windowTokens);
  }

  /** The values and the history: the size of a snapshot without names and checksums. */
  public long stateBytes() {
    return valueBytes + (long) Integer.BYTES * historyTokens();
  }

  /** Upper bound of what a live memory occupies, native and Java. */
  public long residentBytes() {
    return stateBytes() + cacheBytes + OVERHEAD_BYTES;
  }
}
