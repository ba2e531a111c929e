package io.undertone.model.torch.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LengthBucketsTest {

  @Test
  void rowsOfOneLengthShareABucket() {
    assertThat(LengthBuckets.of(new int[] {7, 7, 7}, 8)).containsExactly(List.of(0, 1, 2));
  }

  @Test
  void noRowsGiveNoBuckets() {
    assertThat(LengthBuckets.of(new int[0], 8)).isEmpty();
  }

  @Test
  void veryDifferentLengthsGetBucketsOfTheirOwn() {
    assertThat(LengthBuckets.of(new int[] {100, 10, 95, 11}, 8))
        .containsExactly(List.of(0, 2), List.of(3, 1));
  }

  @Test
  void aBucketHasAtMostTheGivenRows() {
    assertThat(LengthBuckets.of(new int[] {5, 5, 5}, 2)).containsExactly(List.of(0, 1), List.of(2));
  }

  @Test
  void atMostFifteenPercentOfTheTokensArePadding() {
    SplittableRandom random = new SplittableRandom(1);
    for (int trial = 0; trial < 200; trial++) {
      int[] lengths = random.ints(1 + random.nextInt(64), 1, 500).toArray();

      List<List<Integer>> buckets = LengthBuckets.of(lengths, 32);

      assertThat(buckets.stream().flatMap(List::stream))
          .containsExactlyInAnyOrderElementsOf(IntStream.range(0, lengths.length).boxed().toList());
      for (List<Integer> bucket : buckets) {
        long real = bucket.stream().mapToLong(row -> lengths[row]).sum();
        long all = (long) bucket.size() * lengths[bucket.get(0)];
        assertThat(bucket).hasSizeBetween(1, 32);
        assertThat(all - real).isLessThanOrEqualTo(Math.round(0.15 * all));
      }
    }
  }
}
