package io.undertone.alerts.rules;

import java.util.Locale;
import java.util.Optional;

/** What a rule looks for. */
public sealed interface Condition {

  /** What was found, in English. */
  String found();

  /** Number of utterances that the condition needs; 0 if it needs none. */
  int utterances();

  /**
   * A feeling in several utterances of a channel, one after the other. Uncertain ones neither count
   * nor interrupt.
   *
   * @param probability of the feeling, in each of them
   * @param utterances at least 1
   */
  record Sustained(Feeling emotion, Optional<Bound> probability, int utterances)
      implements Condition {
    @Override
    public String found() {
      String each = probability.map(bound -> ", probability " + bound).orElse("");
      return "%d %s %s in a row%s".formatted(utterances, counted(utterances), emotion, each);
    }
  }

  /** An utterance with another feeling than the one before it, and then all that stay with it. */
  record Shift(Feeling from, Feeling to) implements Condition {
    @Override
    public String found() {
      return "shift from %s to %s".formatted(from, to);
    }

    @Override
    public int utterances() {
      return 1;
    }
  }

  /**
   * Silence of a channel after an utterance. An uncertain one has no feeling, so no silence
   * follows.
   *
   * @param after the feeling of that utterance
   */
  record Silence(long silenceMs, Feeling after) implements Condition {
    @Override
    public String found() {
      return "silence of %s after an utterance %s".formatted(Durations.text(silenceMs), after);
    }

    @Override
    public int utterances() {
      return 1;
    }
  }

  /** A feeling in the last utterances of a channel, when the call has ended. */
  record AtEnd(Feeling emotion, int utterances) implements Condition {
    @Override
    public String found() {
      return "the call ended with %d %s %s".formatted(utterances, counted(utterances), emotion);
    }
  }

  /** The score of a call, when it has ended: from 0 to 100, as the event has it. */
  record CallScore(Bound score) implements Condition {
    @Override
    public String found() {
      return "score of the call " + score;
    }

    @Override
    public int utterances() {
      return 0;
    }
  }

  /**
   * Interruptions in a call, when it has ended. It needs both sides: without them it never holds.
   *
   * @param by who interrupts, CUSTOMER or AGENT; empty for both
   */
  record Interruptions(Bound count, Optional<String> by) implements Condition {
    @Override
    public String found() {
      String interrupter = by.map(role -> " by the " + role.toLowerCase(Locale.ROOT)).orElse("");
      return "interruptions%s %s".formatted(interrupter, count);
    }

    @Override
    public int utterances() {
      return 0;
    }
  }

  private static String counted(int utterances) {
    return utterances == 1 ? "utterance" : "utterances";
  }
}
