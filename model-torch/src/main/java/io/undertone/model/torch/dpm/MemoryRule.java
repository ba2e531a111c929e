package io.undertone.model.torch.dpm;

import ai.djl.ndarray.NDManager;
import io.undertone.model.torch.tokenizer.Delivery;
import java.util.List;

/** How a batch of memories learns an utterance each, and what they add to an estimate. */
interface MemoryRule {

  /** Where the parameters of a memory lie. */
  LoraLayout layout();

  /** How many numbers are kept for each parameter between steps. */
  int moments();

  /** What a memory keeps between utterances that no snapshot has, in bytes at most. */
  long keptBytes();

  /** Which memories can be heard at once: rows by their number, each in one part. */
  List<List<Integer>> parts(List<TemporaryLora> memories);

  /** How long a row of a batch has to be for a memory to learn an utterance. */
  int rowTokens(TemporaryLora memory, int[] utterance);

  /**
   * Learns and estimates, for memories of one part.
   *
   * @param before the memories' states, stacked
   * @param deliveries of the utterances
   * @param histories each with its utterance at its end
   * @return may hold estimates that are not finite where the decoder's own are not
   */
  Heard hear(
      LoraState before,
      List<TemporaryLora> memories,
      List<int[]> utterances,
      List<Delivery> deliveries,
      List<int[]> histories,
      NDManager step);

  /** The probabilities behind windows, with memories; nothing is learned. */
  float[][] read(List<int[]> windows, LoraState state, NDManager step);

  /**
   * The probabilities behind windows for who knows nothing of the calls.
   *
   * @param deliveries of the windows' last utterances
   */
  float[][] readWithoutMemory(List<int[]> windows, List<Delivery> deliveries, NDManager step);

  /**
   * What became of a batch.
   *
   * @param update computed, not yet taken over
   * @param probabilities with the memories
   * @param keys what the memories keep
   */
  record Heard(UpdateStep update, float[][] probabilities, KeysOfRows keys) {}

  /** Gives memories the keys and values of their histories. */
  @FunctionalInterface
  interface KeysOfRows {

    /** Memories keep none. */
    KeysOfRows NONE = (row, memory) -> {};

    /** To the memory of a row, whose history is the new one already. */
    void commit(int row, TemporaryLora memory);
  }
}
