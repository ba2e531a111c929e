package io.undertone.cli.demo;

import io.undertone.jobs.options.TopicNames;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/** Reports dead letters and late chunks whenever there are more of them. */
final class UnusedRecords {
  private final ToLongFunction<String> recordsIn;
  private final Consumer<String> notes;
  private long deadLetters;
  private long late;

  /**
   * @param recordsIn the number of records in a topic
   */
  UnusedRecords(ToLongFunction<String> recordsIn, Consumer<String> notes) {
    this.recordsIn = recordsIn;
    this.notes = notes;
  }

  /** Checks both topics, and reports those that have grown. */
  void report() {
    long deadLettersNow = recordsIn.applyAsLong(TopicNames.DEFAULT.deadLetters());
    long lateNow = recordsIn.applyAsLong(TopicNames.DEFAULT.late());
    if (deadLettersNow > deadLetters) {
      notes.accept(
          "%d dead letters: records that could not be used; %s has the reasons"
              .formatted(deadLettersNow, TopicNames.DEFAULT.deadLetters()));
    }
    if (lateNow > late) {
      notes.accept(
          "%d late chunks: they arrived after the reorder bound or after the call's end; see %s"
              .formatted(lateNow, TopicNames.DEFAULT.late()));
    }
    deadLetters = deadLettersNow;
    late = lateNow;
  }
}
