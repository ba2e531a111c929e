package io.undertone.jobs.options;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Suggests a known name for a misspelled one. */
final class NearestName {
  private static final int MOST_EDITS = 5;

  private NearestName() {}

  /** The known name at the smallest edit distance, if that is small. */
  static Optional<String> of(String unknown, Collection<String> known) {
    LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
    return known.stream()
        .min(Comparator.comparing(name -> distance.apply(unknown, name)))
        .filter(name -> distance.apply(unknown, name) <= MOST_EDITS);
  }
}
