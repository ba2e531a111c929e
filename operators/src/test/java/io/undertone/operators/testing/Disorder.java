package io.undertone.operators.testing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * How the chunks of a call arrive.
 *
 * @param indexes of the chunks, in the order of their arrival; all of them, some twice
 */
public record Disorder(List<Long> indexes) {

  /**
   * Any order of a call's chunks in which no chunk arrives before one that is earlier by the bound
   * or more, and in which any chunk may arrive again at any later time.
   *
   * @param bound in chunks
   */
  public static Arbitrary<Disorder> within(long chunks, int bound) {
    int count = Math.toIntExact(chunks);
    Arbitrary<List<Integer>> delays =
        Arbitraries.integers().between(0, bound - 1).list().ofSize(count);
    Arbitrary<List<Integer>> repeats =
        Arbitraries.integers().between(-3 * count, count).list().ofSize(count);
    return Combinators.combine(delays, repeats).as(Disorder::of);
  }

  private record Arrival(long at, long index) {}

  private static Disorder of(List<Integer> delays, List<Integer> repeats) {
    List<Arrival> arrivals = new ArrayList<>();
    for (int index = 0; index < delays.size(); index++) {
      long at = index + delays.get(index);
      arrivals.add(new Arrival(at, index));
      if (repeats.get(index) > 0) {
        arrivals.add(new Arrival(at + repeats.get(index), index));
      }
    }
    // Stable: what arrives at the same time does so in order.
    arrivals.sort(Comparator.comparingLong(Arrival::at));
    return new Disorder(arrivals.stream().map(Arrival::index).toList());
  }

  /** The order in which a call is sent. */
  public static Disorder none(long chunks) {
    return new Disorder(LongStream.range(0, chunks).boxed().toList());
  }
}
