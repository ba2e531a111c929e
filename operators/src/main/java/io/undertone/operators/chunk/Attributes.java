package io.undertone.operators.chunk;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Attributes of calls: what senders tell of a call, such as its queue. A chunk changes those that
 * it names, and removes those that it names with an empty value.
 */
public final class Attributes {
  /** A call has no more. */
  public static final int MOST = 32;

  private static final int MOST_KEY_CHARACTERS = 64;
  private static final int MOST_VALUE_CHARACTERS = 256;

  private Attributes() {}

  /** What is wrong with the attributes of a chunk; empty if nothing is. */
  public static Optional<String> violation(Map<String, String> attributes) {
    if (attributes.size() > MOST) {
      return Optional.of(
          "attributes must be at most %d, but are %d".formatted(MOST, attributes.size()));
    }
    for (Map.Entry<String, String> attribute : new TreeMap<>(attributes).entrySet()) {
      String key = attribute.getKey();
      String value = attribute.getValue();
      if (key.isBlank() || key.length() > MOST_KEY_CHARACTERS || hasControl(key)) {
        return Optional.of(
            ("keys of attributes must have 1 to %d characters, not all blank and no control"
                    + " characters, but one is '%s'")
                .formatted(MOST_KEY_CHARACTERS, key));
      }
      if (value.length() > MOST_VALUE_CHARACTERS || hasControl(value)) {
        return Optional.of(
            ("attribute '%s' must have a value of at most %d characters without control"
                    + " characters, but it has %d characters")
                .formatted(key, MOST_VALUE_CHARACTERS, value.length()));
      }
    }
    return Optional.empty();
  }

  /**
   * The attributes of a call after a chunk. Of new attributes beyond {@link #MOST}, the last ones
   * by name are left out: the audio counts for more.
   *
   * @param current of the call, not changed
   * @param named by the chunk
   */
  public static Map<String, String> after(Map<String, String> current, Map<String, String> named) {
    if (current.entrySet().containsAll(named.entrySet())) {
      return current;
    }
    SortedMap<String, String> changed = new TreeMap<>(current);
    SortedMap<String, String> set = new TreeMap<>(named);
    set.values().removeIf(String::isEmpty);
    changed.keySet().removeIf(key -> named.containsKey(key) && !set.containsKey(key));
    set.forEach(
        (key, value) -> {
          if (changed.containsKey(key) || changed.size() < MOST) {
            changed.put(key, value);
          }
        });
    return changed;
  }

  /** Length of all keys and values. */
  public static int characters(Map<String, String> attributes) {
    int characters = 0;
    for (Map.Entry<String, String> attribute : attributes.entrySet()) {
      characters += attribute.getKey().length() + attribute.getValue().length();
    }
    return characters;
  }

  private static boolean hasControl(String text) {
    return text.chars().anyMatch(Character::isISOControl);
  }
}
