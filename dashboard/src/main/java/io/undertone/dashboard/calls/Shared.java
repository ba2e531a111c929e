package io.undertone.dashboard.calls;

import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Few texts occur in very many events: each is kept once. */
final class Shared {
  private static final int MOST = 10_000;
  private static final ConcurrentHashMap<String, String> TEXTS = new ConcurrentHashMap<>();

  private Shared() {}

  static String text(String text) {
    String known = TEXTS.get(text);
    if (known != null) {
      return known;
    }
    // What does not recur must not fill the memory.
    if (TEXTS.size() < MOST) {
      TEXTS.put(text, text);
    }
    return text;
  }

  static @Nullable String orNull(@Nullable String text) {
    return text == null ? null : text(text);
  }
}
