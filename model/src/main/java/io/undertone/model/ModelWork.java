package io.undertone.model;

/**
 * What a model has done since it was opened, for all its users together.
 *
 * @param batches computed by the device
 * @param utterances in these batches
 * @param tokens processed for updates, padding included
 * @param paddingTokens that made the rows of a batch equally long
 */
public record ModelWork(long batches, long utterances, long tokens, long paddingTokens) {
  /** No work yet. */
  public static final ModelWork NONE = new ModelWork(0, 0, 0, 0);

  /** This work and one more batch. */
  public ModelWork withBatch(int batchUtterances, long batchTokens, long batchPaddingTokens) {
    return new ModelWork(
        batches + 1,
        utterances + batchUtterances,
        tokens + batchTokens,
        paddingTokens + batchPaddingTokens);
  }
}
