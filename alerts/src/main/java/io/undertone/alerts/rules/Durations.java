package io.undertone.alerts.rules;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as in Prometheus: {@code 1h30m}, {@code 20s}, {@code 500ms}. */
public final class Durations {
  private static final Pattern FORM =
      Pattern.compile("(?:(\\d{1,5})h)?(?:(\\d{1,5})m)?(?:(\\d{1,6})s)?(?:(\\d{1,9})ms)?");
  private static final long[] UNITS_MS = {3_600_000, 60_000, 1_000, 1};
  private static final String[] UNITS = {"h", "m", "s", "ms"};

  private Durations() {}

  /** In milliseconds; empty if the text is no duration. */
  static OptionalLong parse(String text) {
    if (text.equals("0")) {
      return OptionalLong.of(0);
    }
    Matcher matcher = FORM.matcher(text);
    if (text.isEmpty() || !matcher.matches()) {
      return OptionalLong.empty();
    }
    long ms = 0;
    for (int unit = 0; unit < UNITS_MS.length; unit++) {
      String count = matcher.group(unit + 1);
      ms += count == null ? 0 : Long.parseLong(count) * UNITS_MS[unit];
    }
    return OptionalLong.of(ms);
  }

  /** The shortest form. */
  public static String text(long ms) {
    StringBuilder text = new StringBuilder();
    long left = ms;
    for (int unit = 0; unit < UNITS_MS.length; unit++) {
      if (left >= UNITS_MS[unit]) {
        text.append(left / UNITS_MS[unit]).append(UNITS[unit]);
        left %= UNITS_MS[unit];
      }
    }
    return text.isEmpty() ? "0s" : text.toString();
  }
}
