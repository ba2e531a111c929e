package io.undertone.evaluation.dialogue;

import java.util.List;
import java.util.stream.Stream;

/** What an utterance is estimated from, by the names in results. */
public final class Conditions {

  /** The utterance alone. */
  public static final String NO_CONTEXT = "noContext";

  /** The last tokens of the channel. */
  public static final String WINDOW = "window";

  /** The same tokens with the channel's memory. */
  public static final String MEMORY = "memory";

  /** The utterance alone, by the model's classifier. */
  public static final String CLASSIFIER = "classifier";

  /** The conditions without a filter. */
  public static final List<String> UNFILTERED = List.of(NO_CONTEXT, WINDOW, MEMORY);

  /** Each of them without and with a filter over the speaker's own turns. */
  public static final List<String> ALL =
      UNFILTERED.stream().flatMap(condition -> Stream.of(condition, filtered(condition))).toList();

  private Conditions() {}

  /** {@link #ALL}, and {@link #CLASSIFIER} if all dialogues have estimates of one. */
  public static List<String> of(List<EvaluatedDialogue> dialogues) {
    boolean classified = dialogues.stream().allMatch(dialogue -> dialogue.has(CLASSIFIER));
    return classified ? Stream.concat(ALL.stream(), Stream.of(CLASSIFIER)).toList() : ALL;
  }

  /** The condition with a filter after it. */
  public static String filtered(String condition) {
    return condition + "Filter";
  }
}
