package io.undertone.model;

import java.util.List;

/**
 * Estimates the emotion of utterances, with a memory for each channel of a call. Requests are
 * batched for efficiency, and each channel of a batch has a memory of its own. Thread-safe.
 */
public interface EmotionModel extends AutoCloseable {

  /** Name, and fingerprint of the weights and of the model's own settings. */
  ModelVersion version();

  /** The sample rate that utterances must have. */
  int sampleRateHz();

  /**
   * An empty memory.
   *
   * @param seed of the memory's start values; use {@link ConversationSeed}, so that a replay gives
   *     the same memory
   */
  ChannelMemory newMemory(long seed);

  /**
   * A live memory from saved values.
   *
   * @throws ModelMismatchException if another model made the snapshot
   * @throws MemoryFormatException if its values do not fit this model's memories
   */
  ChannelMemory restore(MemorySnapshot snapshot);

  /**
   * Estimates one utterance of each of many channels, and updates each memory once. The estimate
   * uses the memory before or after the update, as the kind of memory requires. If an update is not
   * finite, it is dropped: the memory keeps its values, the utterance joins its history, and the
   * result says so. The result of a channel does not depend on the others in the batch.
   *
   * <p>If it throws, no memory has changed, except those that a {@link PartlyFailedBatchException}
   * has results for.
   *
   * @param requests at least one, and no memory twice
   * @return one result for each request, in their order
   * @throws io.undertone.model.recognizer.OutOfDeviceMemoryException if the batch does not fit the
   *     device's memory; of a {@link PartlyFailedBatchException} it may be the cause
   */
  List<Recognition> recognize(List<RecognitionRequest> requests);

  /** What the model has done since it was opened, for metrics. */
  ModelWork work();

  /** Releases the weights. Close all memories first. */
  @Override
  void close();
}
