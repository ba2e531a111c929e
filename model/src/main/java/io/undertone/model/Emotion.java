package io.undertone.model;

import java.util.Locale;

/** The four classes, in the order of the model's emotion tokens and of every probability list. */
public enum Emotion {
  HAPPY("hap"),
  SAD("sad"),
  ANGRY("ang"),
  NEUTRAL("neu");

  private final String shortName;

  Emotion(String shortName) {
    this.shortName = shortName;
  }

  /** The name in corpora and in the names of emotion tokens, {@code <emo_hap>} say. */
  public String shortName() {
    return shortName;
  }

  /** The name in events and for people, {@code happy} say. */
  public String longName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The emotion of a short name; an IllegalArgumentException names an unknown one. */
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
