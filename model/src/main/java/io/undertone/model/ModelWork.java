package io.undertone.model;

/**
 * What a model has done since it was opened, for all its users together.
 *
 * @param batches that the device computed
 * @param utterances that were heard in them
 * @param tokens that the updates went through, padding included
 * @param paddingTokens those that only made the rows of a batch equally long
 */
public record ModelWork(long batches, long utterances, long tokens, long paddingTokens) {
  /** Nothing yet. */
  public static final ModelWork NONE = new ModelWork(0, 0, 0, 0);

  /** This and one batch more. */
  public ModelWork withBatch(int batchUtterances, long batchTokens, long batchPaddingTokens) {
    return new ModelWork(
        batches + 1,
        utterances + batchUtterances,
        tokens + batchTokens,
        paddingTokens + batchPaddingTokens);
  }
}
