package io.undertone.model.torch.device;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Splits a batch into buckets of rows with similar lengths, to compute little padding. */
public final class LengthBuckets {
  /** The largest share of padding in a bucket's tokens. */
  public static final double MOST_PADDING = 0.15;

  private LengthBuckets() {}

  /**
   * Few buckets with no more than {@link #MOST_PADDING}.
   *
   * @param lengthsTokens of the rows
   * @param mostRows in a bucket
   * @return row numbers of each bucket, longest row first; each row is in one bucket
   */
  public static List<List<Integer>> of(int[] lengthsTokens, int mostRows) {
    List<List<Integer>> buckets = new ArrayList<>();
    List<Integer> bucket = new ArrayList<>();
    long realTokens = 0;
    for (int row : longestFirst(lengthsTokens)) {
      long length = lengthsTokens[row];
      if (!bucket.isEmpty()) {
        long allTokens = (bucket.size() + 1L) * lengthsTokens[bucket.get(0)];
        boolean tooShort = realTokens + length < (1 - MOST_PADDING) * allTokens;
        if (tooShort || bucket.size() == mostRows) {
          buckets.add(bucket);
          bucket = new ArrayList<>();
          realTokens = 0;
        }
      }
      bucket.add(row);
      realTokens += length;
    }
    if (!bucket.isEmpty()) {
      buckets.add(bucket);
    }
    return buckets;
  }

  private static int[] longestFirst(int[] lengthsTokens) {
    return IntStream.range(0, lengthsTokens.length)
        .boxed()
        .sorted(Comparator.comparingInt(row -> -lengthsTokens[row]))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
