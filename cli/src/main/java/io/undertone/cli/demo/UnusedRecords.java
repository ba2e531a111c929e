package io.undertone.cli.demo;

import io.undertone.jobs.options.TopicNames;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/** Tells how much the job could not use, whenever that has become more. */
final class UnusedRecords {
  private final ToLongFunction<String> recordsIn;
  private final Consumer<String> notes;
  private long deadLetters;
  private long late;

  /**
   * @param recordsIn how many records a topic was given
   */
  UnusedRecords(ToLongFunction<String> recordsIn, Consumer<String> notes) {
    this.recordsIn = recordsIn;
    this.notes = notes;
  }

  /** Looks into both topics. */
  void tell() {
    long deadLettersNow = recordsIn.applyAsLong(TopicNames.DEFAULT.deadLetters());
    long lateNow = recordsIn.applyAsLong(TopicNames.DEFAULT.late());
    if (deadLettersNow > deadLetters) {
      notes.accept(
          "%d dead letters: records that could not be used, %s says why"
              .formatted(deadLettersNow, TopicNames.DEFAULT.deadLetters()));
    }
    if (lateNow > late) {
      notes.accept(
          "%d late chunks: their place in the call was given up, or the call has ended; see %s"
              .formatted(lateNow, TopicNames.DEFAULT.late()));
    }
    deadLetters = deadLettersNow;
    late = lateNow;
  }
}
