package io.undertone.model;

import java.util.List;

/**
 * Hears how a caller feels, and remembers the call. Batched, since devices want batches and every
 * call has an adapter of its own. Safe for use by many threads.
 */
public interface EmotionModel extends AutoCloseable {

  /** Name and fingerprint of the weights and of all settings that change a result. */
  ModelVersion version();

  /** The sample rate that utterances must have. */
  int sampleRateHz();

  /**
   * An empty memory.
   *
   * @param seed of the adapter's start values; derive it from the conversation with {@link
   *     ConversationSeed}, so that a replay gives the same memory
   */
  LoraMemory newMemory(long seed);

  /**
   * A memory brought back to the device.
   *
   * @throws ModelMismatchException if another model made it
   */
  LoraMemory restore(MemorySnapshot snapshot);

  /**
   * Hears one utterance of each of many calls: each memory learns its utterance in one update, and
   * the emotion is estimated with it, before or after as the memory learns. An update that is not
   * finite is dropped: the memory stays as it was, but for its history, and the report says so. The
   * result of a call does not depend on the others in the batch.
   *
   * @param requests not empty, with no memory twice
   * @return one for each request, in their order
   */
  List<Recognition> recognize(List<RecognitionRequest> requests);

  /**
   * A way to be heard without waiting, in one batch with all others who use this model. Each result
   * is closed once, before the memories and the model.
   */
  RecognitionLine openLine(BatchLimits limits);

  /** What has been done since the weights were read; for metrics. */
  ModelWork work();

  /** Gives up the weights. Memories must be closed before. */
  @Override
  void close();
}
