package io.undertone.model.torch.device;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Cuts a batch into parts of similar length, so that little of what is computed is padding. */
public final class LengthBuckets {
  /** The largest part of a bucket's tokens that is padding. */
  public static final double MOST_PADDING = 0.15;

  private LengthBuckets() {}

  /**
   * The fewest buckets whose padding is small enough.
   *
   * @param lengthsTokens of the rows
   * @param mostRows in a bucket
   * @return rows by their number, the longest first; each is in one bucket
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
