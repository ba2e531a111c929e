package io.undertone.evaluation.comparison;

import io.undertone.evaluation.dialogue.Conditions;
import io.undertone.evaluation.dialogue.EvaluatedDialogue;
import io.undertone.training.corpus.Turn;
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
 * The results of dialogues that were estimated under {@link Conditions#ALL}, and maybe by a
 * classifier.
 *
 * @param metrics by condition
 * @param byCorpus metrics by the speakers' corpus, then by condition
 * @param byFile metrics by the dialogues' file, then by condition
 * @param memory gain of the memory over the window of equal length
 * @param memoryFilter the same with a filter after both
 * @param best gain of the better of memory and memory with filter over window with filter
 * @param halves the memory's gain in each half of long dialogues, if there are any
 * @param halvesFilter the same with a filter after both
 * @param positions accuracies by position in the dialogues
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
   * @param better the better one of memory and memory with filter, as {@link #better} chose it on
   *     other dialogues; if empty, it is chosen on these
   */
  public static DialogueResult of(
      List<EvaluatedDialogue> dialogues, Optional<String> better, Bootstrap bootstrap) {
    String best = better.orElseGet(() -> better(dialogues));
    Function<String, TurnChoice> ofFile =
        file -> (dialogue, turn) -> dialogue.source().equals(file);
    return new DialogueResult(
        metrics(dialogues, TurnChoice.ALL),
        grouped(dialogues, corpora(dialogues), TurnChoice::corpus),
        grouped(
            dialogues,
            dialogues.stream().map(evaluated -> evaluated.dialogue().source()).toList(),
            ofFile),
        Gain.of(dialogues, Conditions.MEMORY, Conditions.WINDOW, TurnChoice.ALL, bootstrap),
        Gain.of(dialogues, MEMORY_FILTER, WINDOW_FILTER, TurnChoice.ALL, bootstrap),
        Gain.of(dialogues, best, WINDOW_FILTER, TurnChoice.ALL, bootstrap),
        HalfGains.of(dialogues, Conditions.MEMORY, Conditions.WINDOW, bootstrap),
        HalfGains.of(dialogues, MEMORY_FILTER, WINDOW_FILTER, bootstrap),
        PositionAccuracy.of(dialogues, Conditions.ALL));
  }

  /**
   * Memory or memory with filter, whichever has the lower NLL. Their accuracies differ by chance
   * only; the NLL is higher if memory and filter use the same evidence twice.
   */
  public static String better(List<EvaluatedDialogue> dialogues) {
    return negativeLogLikelihood(dialogues, MEMORY_FILTER)
            < negativeLogLikelihood(dialogues, Conditions.MEMORY)
        ? MEMORY_FILTER
        : Conditions.MEMORY;
  }

  private static double negativeLogLikelihood(List<EvaluatedDialogue> dialogues, String condition) {
    return DialogueMetrics.of(dialogues, condition, TurnChoice.ALL).negativeLogLikelihood();
  }

  private static List<String> corpora(List<EvaluatedDialogue> dialogues) {
    return dialogues.stream()
        .flatMap(evaluated -> evaluated.turns().stream())
        .map(Turn::corpus)
        .toList();
  }

  private static SortedMap<String, Map<String, Metrics>> grouped(
      List<EvaluatedDialogue> dialogues, List<String> names, Function<String, TurnChoice> choice) {
    SortedMap<String, Map<String, Metrics>> groups = new TreeMap<>();
    for (String name : names) {
      groups.computeIfAbsent(name, any -> metrics(dialogues, choice.apply(name)));
    }
    return groups;
  }

  private static Map<String, Metrics> metrics(
      List<EvaluatedDialogue> dialogues, TurnChoice choice) {
    Map<String, Metrics> metrics = new LinkedHashMap<>();
    for (String condition : Conditions.of(dialogues)) {
      metrics.put(condition, DialogueMetrics.of(dialogues, condition, choice));
    }
    return metrics;
  }
}
