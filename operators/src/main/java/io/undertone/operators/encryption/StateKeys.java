package io.undertone.operators.encryption;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The keys of the state, by id. The first encrypts, all decrypt. */
public final class StateKeys {
  /** No keys: state is not encrypted. */
  static final StateKeys NONE = new StateKeys(Map.of());

  private static final Pattern ENTRY =
      Pattern.compile("(?<id>[A-Za-z0-9._-]{1,64}):\\s*(?<key>[A-Za-z0-9+/]+={0,2})");
  private static final Pattern SEPARATOR = Pattern.compile("[\\r\\n,]+");

  private final Map<String, StateKey> keys;

  private StateKeys(Map<String, StateKey> keys) {
    this.keys = keys;
  }

  /**
   * Reads keys from lines or a list with commas of {@code id: key}, with a key of 32 bytes in
   * Base64. Lines that begin with # are comments.
   *
   * @param source named by messages
   * @throws StateKeyException if there is no key, or one is not as expected
   */
  public static StateKeys parse(String text, String source) {
    Map<String, StateKey> keys = new LinkedHashMap<>();
    int number = 0;
    for (String entry : SEPARATOR.split(text.replaceAll("(?m)^\\s*#.*$", ""))) {
      if (!entry.isBlank()) {
        number++;
        StateKey key = key(entry.strip(), "key %d of %s".formatted(number, source));
        if (keys.put(key.id(), key) != null) {
          throw new StateKeyException(
              "ids of keys in %s must differ, but two are '%s'".formatted(source, key.id()));
        }
      }
    }
    if (keys.isEmpty()) {
      throw new StateKeyException(source + " must have at least one key, but has none");
    }
    return new StateKeys(keys);
  }

  private static StateKey key(String entry, String name) {
    Matcher matcher = ENTRY.matcher(entry);
    if (!matcher.matches()) {
      throw new StateKeyException(
          name
              + " must have the form 'id: key', with an id of at most 64 letters, digits, dots,"
              + " dashes and underscores, and a key in Base64");
    }
    byte[] secret;
    try {
      secret = Base64.getDecoder().decode(matcher.group("key"));
    } catch (IllegalArgumentException e) {
      throw new StateKeyException(
          "%s, '%s', must be Base64, but is not".formatted(name, matcher.group("id")));
    }
    if (secret.length != StateKey.BYTES) {
      throw new StateKeyException(
          "%s, '%s', must have %d bytes, but has %d"
              .formatted(name, matcher.group("id"), StateKey.BYTES, secret.length));
    }
    return new StateKey(matcher.group("id"), secret);
  }

  /** The key that encrypts; empty if there are no keys. */
  Optional<StateKey> first() {
    return keys.values().stream().findFirst();
  }

  Optional<StateKey> get(String id) {
    return Optional.ofNullable(keys.get(id));
  }

  Set<String> ids() {
    return keys.keySet();
  }
}
