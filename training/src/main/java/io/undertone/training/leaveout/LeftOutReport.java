package io.undertone.training.leaveout;

import java.util.List;

/**
 * The results on all corpora, each left out in turn.
 *
 * @param corpora one result for each
 * @param confident of all corpora, with the same weight
 * @param temperature found on all corpora, with the same weight: that of a model that learns from
 *     all of them
 */
public record LeftOutReport(
    List<LeftOutResult> corpora, Confident confident, Temperature temperature) {

  public LeftOutReport {
    corpora = List.copyOf(corpora);
  }

  /**
   * Measures; each corpus is calibrated on the others.
   *
   * @param corpora at least two
   */
  static LeftOutReport of(List<LeftOutCorpus> corpora) {
    List<LeftOutResult> results =
        corpora.stream()
            .map(
                one ->
                    LeftOutResult.of(
                        one,
                        Temperature.of(
                            corpora.stream().filter(other -> !other.equals(one)).toList())))
            .toList();
    return new LeftOutReport(
        results,
        Confident.pooled(results.stream().map(LeftOutResult::confident).toList()),
        Temperature.of(corpora));
  }
}
