package io.undertone.model;

/**
 * What a model has done since it was opened, for all its users together. Times are wall-clock times
 * of successful batches, in nanoseconds.
 *
 * @param batches computed by the device
 * @param utterances in these batches
 * @param tokens processed for updates, padding included
 * @param paddingTokens that made the rows of a batch equally long
 * @param encodeNanos spent on the tokens of utterances
 * @param updateNanos spent on updates of memories, as far as they are a step of their own
 * @param estimateNanos spent on all else: reading what was said, and estimating emotions
 */
public record ModelWork(
    long batches,
    long utterances,
    long tokens,
    long paddingTokens,
    long encodeNanos,
    long updateNanos,
    long estimateNanos) {
  /** No work yet. */
  public static final ModelWork NONE = new ModelWork(0, 0, 0, 0, 0, 0, 0);

  /** This work and one more batch. */
  public ModelWork withBatch(int batchUtterances, long batchTokens, long batchPaddingTokens) {
    return new ModelWork(
        batches + 1,
        utterances + batchUtterances,
        tokens + batchTokens,
        paddingTokens + batchPaddingTokens,
        encodeNanos,
        updateNanos,
        estimateNanos);
  }

  /** This work and more time. */
  public ModelWork withNanos(long moreEncode, long moreUpdate, long moreEstimate) {
    return new ModelWork(
        batches,
        utterances,
        tokens,
        paddingTokens,
        encodeNanos + moreEncode,
        updateNanos + moreUpdate,
        estimateNanos + moreEstimate);
  }
}
