package io.undertone.dashboard.view;

import org.jspecify.annotations.Nullable;

/** Numbers as documents have them: more than three digits tell nobody anything. */
final class Rounded {
  private Rounded() {}

  static @Nullable Double orNull(@Nullable Float value) {
    return value == null ? null : Math.round(value * 1000) / 1000.0;
  }
}
