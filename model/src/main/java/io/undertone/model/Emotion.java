package io.undertone.model;

import java.util.Locale;

/** The four emotions, in the order of the model's emotion tokens and of all probabilities. */
public enum Emotion {
  HAPPY("hap"),
  SAD("sad"),
  ANGRY("ang"),
  NEUTRAL("neu");

  private final String shortName;

  Emotion(String shortName) {
    this.shortName = shortName;
  }

  /** The name in corpora and in emotion tokens, such as {@code <emo_hap>}. */
  public String shortName() {
    return shortName;
  }

  /** The name in events and for display, such as {@code happy}. */
  public String longName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The emotion with a short name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Emotion ofShortName(String shortName) {
    for (Emotion emotion : values()) {
      if (emotion.shortName.equals(shortName)) {
        return emotion;
      }
    }
    throw new IllegalArgumentException(
        "emotion must be one of hap, sad, ang, neu, but is '" + shortName + "'");
  }
}
