package io.undertone.cli.redrive;

import java.util.Locale;

/** Whether the record of a dead letter can be sent again. */
enum Verdict {
  SENDABLE,
  /** It was sent again before, and refused again. */
  SENT_BEFORE,
  /** Neither the letter nor the topic has it any more. */
  GONE,
  /** Its audio must not be used: the caller denied consent. */
  DENIED,
  /** It is an utterance of many records, which the call has left behind. */
  UTTERANCE,
  /** It was read from another topic than the one that is given. */
  OTHER_TOPIC;

  /** Name in results. */
  String label() {
    StringBuilder camel = new StringBuilder();
    for (char c : name().toLowerCase(Locale.ROOT).toCharArray()) {
      camel.append(
          !camel.isEmpty() && camel.charAt(camel.length() - 1) == '_'
              ? String.valueOf(Character.toUpperCase(c))
              : String.valueOf(c));
    }
    return camel.toString().replace("_", "");
  }
}
