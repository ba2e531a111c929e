package io.undertone.training.evaluation.dialogue;

import java.util.List;
import java.util.stream.Stream;

/** What an utterance is estimated from, by the names that results have. */
public final class Conditions {

  /** The utterance alone. */
  public static final String NO_CONTEXT = "noContext";

  /** The last tokens of the dialogue. */
  public static final String WINDOW = "window";

  /** The same tokens with the dialogue's memory. */
  public static final String MEMORY = "memory";

  /** The utterance's tokens alone, by the model's token classifier, if it has one. */
  public static final String CLASSIFIER = "classifier";

  /** What the model itself hears, without a filter. */
  public static final List<String> PLAIN = List.of(NO_CONTEXT, WINDOW, MEMORY);

  /** Each, without and with a {@link SpeakerFilter}. */
  public static final List<String> ALL =
      PLAIN.stream().flatMap(plain -> Stream.of(plain, filtered(plain))).toList();

  private Conditions() {}

  /** {@link #ALL}, and {@link #CLASSIFIER} if the dialogues were heard by one. */
  static List<String> of(List<HeardDialogue> heard) {
    boolean classified = heard.stream().allMatch(dialogue -> dialogue.has(CLASSIFIER));
    return classified ? Stream.concat(ALL.stream(), Stream.of(CLASSIFIER)).toList() : ALL;
  }

  /** The same with a {@link SpeakerFilter} behind it. */
  public static String filtered(String plain) {
    return plain + "Filter";
  }
}
