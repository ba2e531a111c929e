package io.undertone.evaluation.comparison;

import io.undertone.training.corpus.Dialogue;

/** A choice of turns. */
@FunctionalInterface
public interface TurnChoice {

  /** Every turn. */
  TurnChoice ALL = (dialogue, turn) -> true;

  /**
   * Whether a turn is chosen.
   *
   * @param turn from 0
   */
  boolean includes(Dialogue dialogue, int turn);

  /** The turns from one position to another, both counted from 1. */
  static TurnChoice positions(int from, int to) {
    return (dialogue, turn) -> turn + 1 >= from && turn + 1 <= to;
  }

  /** The turns whose speaker is from a corpus. */
  static TurnChoice corpus(String corpus) {
    return (dialogue, turn) -> dialogue.turns().get(turn).corpus().equals(corpus);
  }

  /** The turns before the middle of their dialogue. */
  static TurnChoice firstHalf() {
    return (dialogue, turn) -> turn < dialogue.turns().size() / 2;
  }

  /** All other turns. */
  default TurnChoice others() {
    return (dialogue, turn) -> !includes(dialogue, turn);
  }
}
