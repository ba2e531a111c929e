package io.undertone.model.torch.memory;

import io.undertone.model.EmotionEstimate;
import io.undertone.model.MemorySnapshot;
import io.undertone.model.Recognition;
import java.util.List;
import java.util.function.Supplier;

/**
 * Recognizes the emotions of utterances with conversation memory, and updates the memory with each
 * utterance. One engine serves all channels of a model; each channel has a memory of its own, and
 * memories in one batch do not affect each other.
 *
 * <p>All methods run on the device's owner thread, except the validation in {@link #restore}.
 */
public interface MemoryEngine extends AutoCloseable {

  /** A memory of a call that begins. Equal seeds give equal memories. */
  LiveMemory newMemory(long seed);

  /**
   * Restores a memory in two steps. The call itself validates the snapshot and may run on any
   * thread; the supplier creates the arrays and must run on the owner thread.
   *
   * @throws io.undertone.model.MemoryFormatException if the snapshot does not fit this engine
   */
  Supplier<? extends LiveMemory> restore(MemorySnapshot snapshot);

  /** Length of the batch row that an utterance needs, in tokens. */
  int rowTokens(LiveMemory memory, TokenizedUtterance utterance);

  /**
   * Recognizes one utterance per memory and updates the memories. An update whose loss, gradient or
   * estimate is not finite is dropped: the memory keeps its values, and the utterance still joins
   * the history. If this method throws, no memory has changed.
   *
   * @param memories distinct memories of this engine
   * @param utterances one per memory, in the same order
   * @throws NonFiniteEstimateException if the decoder's own estimate is not finite
   */
  List<Recognition> recognize(
      List<? extends LiveMemory> memories, List<TokenizedUtterance> utterances);

  /**
   * Estimates without conversation memory.
   *
   * @param windows tokens of each window, at least one, with the cues of its last utterance
   */
  List<EmotionEstimate> estimateWithoutMemory(List<TokenizedUtterance> windows);

  /**
   * For how long {@link #recognize} has computed updates of memories so far, in nanoseconds. The
   * rest of its time it reads what was said and estimates emotions.
   */
  long updateNanos();

  /** Upper bound of what one live memory occupies in this process. */
  long residentBytes();

  /** Also releases all memories. */
  @Override
  void close();
}
