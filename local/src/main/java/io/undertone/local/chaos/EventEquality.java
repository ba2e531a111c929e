package io.undertone.local.chaos;

import io.undertone.schemas.EmotionEvent;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/** When the contents of two events count as equal. */
enum EventEquality {
  /** Equal to the last bit, as with one utterance a batch. */
  EXACT(0),
  /** Numbers may differ by 1e-4, as the rounding of other batches makes them. */
  ROUNDED(1e-4f);

  /** Fields that depend on the place of the audio in its topic, which each run has its own of. */
  private static final Set<String> OF_ONE_RUN = Set.of("revision");

  private final float tolerance;

  EventEquality(float tolerance) {
    this.tolerance = tolerance;
  }

  /** Exact for batches of one utterance, rounded for larger ones. */
  static EventEquality forBatchesOf(int utterances) {
    return utterances == 1 ? EXACT : ROUNDED;
  }

  /** Whether events of two runs are equal, apart from what each run has its own of. */
  boolean acrossRuns(EmotionEvent one, EmotionEvent other) {
    return one.getSchema().getFields().stream()
        .filter(field -> !OF_ONE_RUN.contains(field.name()))
        .allMatch(field -> equal(one.get(field.pos()), other.get(field.pos())));
  }

  /** Whether an event and its repetition are equal. */
  boolean withinRun(EmotionEvent first, EmotionEvent repetition) {
    return equal(first, repetition);
  }

  private boolean equal(@Nullable Object one, @Nullable Object other) {
    if (one instanceof Float first && other instanceof Float second) {
      return first.equals(second) || Math.abs(first - second) <= tolerance;
    }
    if (one instanceof IndexedRecord first && other instanceof IndexedRecord second) {
      return first.getSchema().getFields().stream()
          .allMatch(field -> equal(first.get(field.pos()), second.get(field.pos())));
    }
    if (one instanceof Map<?, ?> first && other instanceof Map<?, ?> second) {
      return first.keySet().equals(second.keySet())
          && first.entrySet().stream()
              .allMatch(entry -> equal(entry.getValue(), second.get(entry.getKey())));
    }
    if (one instanceof Collection<?> first && other instanceof Collection<?> second) {
      Iterator<?> others = second.iterator();
      return first.size() == second.size()
          && first.stream().allMatch(element -> equal(element, others.next()));
    }
    return one == null ? other == null : one.equals(other);
  }
}
