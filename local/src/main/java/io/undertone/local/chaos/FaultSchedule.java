package io.undertone.local.chaos;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/** An endless sequence of faults: rounds of all kinds, each round in an order of its own. */
final class FaultSchedule {
  private final List<FaultKind> kinds;
  private final Random random;
  private final Deque<FaultKind> round = new ArrayDeque<>();
  private int drawn;

  /**
   * @param kinds at least one
   * @param seed decides the order
   */
  FaultSchedule(Collection<FaultKind> kinds, long seed) {
    if (kinds.isEmpty()) {
      throw new IllegalArgumentException("a schedule must have at least one kind of fault");
    }
    this.kinds = List.copyOf(kinds);
    this.random = new Random(seed);
  }

  FaultKind next() {
    if (round.isEmpty()) {
      List<FaultKind> shuffled = new ArrayList<>(kinds);
      Collections.shuffle(shuffled, random);
      round.addAll(shuffled);
    }
    drawn++;
    return round.removeFirst();
  }

  /** Whether each kind was drawn at least once. */
  boolean hadAllKinds() {
    return drawn >= kinds.size();
  }
}
