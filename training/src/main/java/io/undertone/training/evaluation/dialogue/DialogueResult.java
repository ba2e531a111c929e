package io.undertone.training.evaluation.dialogue;

import io.undertone.training.evaluation.Bootstrap;
import io.undertone.training.evaluation.Metrics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * All that is told of dialogues that were heard under {@link Conditions#ALL}, and maybe by a
 * classifier.
 *
 * @param metrics by condition
 * @param byCorpus by the speakers' corpus, then by condition
 * @param byFile by the dialogues' file, then by condition
 * @param memory what the memory gains over the window of equal length
 * @param memoryFilter the same with a filter behind both
 * @param best what the better of memory and memory with filter gains over window with filter
 * @param halves the memory's gain in each half of long dialogues, if there are any
 * @param halvesFilter the same with a filter behind both
 * @param positions accuracies along the dialogues
 */
public record DialogueResult(
    Map<String, Metrics> metrics,
    SortedMap<String, Map<String, Metrics>> byCorpus,
    SortedMap<String, Map<String, Metrics>> byFile,
    Gain memory,
    Gain memoryFilter,
    Gain best,
    Optional<HalfGains> halves,
    Optional<HalfGains> halvesFilter,
    List<PositionAccuracy> positions) {

  private static final String WINDOW_FILTER = Conditions.filtered(Conditions.WINDOW);
  private static final String MEMORY_FILTER = Conditions.filtered(Conditions.MEMORY);

  /**
   * Measures and compares.
   *
   * @param better which of memory and memory with filter is the better one, as {@link #better}
   *     found it on other dialogues; if empty, it is found on these
   */
  public static DialogueResult of(
      List<HeardDialogue> heard, Optional<String> better, Bootstrap bootstrap) {
    String best = better.orElseGet(() -> better(heard));
    Function<String, TurnChoice> ofFile =
        file -> (dialogue, turn) -> dialogue.source().equals(file);
    return new DialogueResult(
        metrics(heard, TurnChoice.ALL),
        grouped(heard, corpora(heard), TurnChoice::corpus),
        grouped(heard, heard.stream().map(h -> h.dialogue().source()).toList(), ofFile),
        Gain.of(heard, Conditions.MEMORY, Conditions.WINDOW, TurnChoice.ALL, bootstrap),
        Gain.of(heard, MEMORY_FILTER, WINDOW_FILTER, TurnChoice.ALL, bootstrap),
        Gain.of(heard, best, WINDOW_FILTER, TurnChoice.ALL, bootstrap),
        HalfGains.of(heard, Conditions.MEMORY, Conditions.WINDOW, bootstrap),
        HalfGains.of(heard, MEMORY_FILTER, WINDOW_FILTER, bootstrap),
        PositionAccuracy.of(heard, Conditions.ALL));
  }

  /**
   * Memory or memory with filter, whichever finds what was meant likelier: accuracies of the two
   * differ by chance, likelihood tells a memory that already expects what a filter adds.
   */
  public static String better(List<HeardDialogue> heard) {
    return negativeLogLikelihood(heard, MEMORY_FILTER)
            < negativeLogLikelihood(heard, Conditions.MEMORY)
        ? MEMORY_FILTER
        : Conditions.MEMORY;
  }

  private static double negativeLogLikelihood(List<HeardDialogue> heard, String condition) {
    return DialogueMetrics.of(heard, condition, TurnChoice.ALL).negativeLogLikelihood();
  }

  private static List<String> corpora(List<HeardDialogue> heard) {
    return heard.stream().flatMap(h -> h.turns().stream()).map(Turn::corpus).toList();
  }

  private static SortedMap<String, Map<String, Metrics>> grouped(
      List<HeardDialogue> heard, List<String> names, Function<String, TurnChoice> choice) {
    SortedMap<String, Map<String, Metrics>> groups = new TreeMap<>();
    for (String name : names) {
      groups.computeIfAbsent(name, any -> metrics(heard, choice.apply(name)));
    }
    return groups;
  }

  private static Map<String, Metrics> metrics(List<HeardDialogue> heard, TurnChoice choice) {
    Map<String, Metrics> metrics = new LinkedHashMap<>();
    for (String condition : Conditions.of(heard)) {
      metrics.put(condition, DialogueMetrics.of(heard, condition, choice));
    }
    return metrics;
  }
}
