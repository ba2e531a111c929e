package io.undertone.jobs.options;

import io.undertone.model.EmotionPrior;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.util.TimeUtils;

/**
 * Which values of its type an option accepts.
 *
 * @param words complete the sentence "the value must be …"
 */
record Expectation<T>(String words, Predicate<T> accepts) {

  static Expectation<Integer> wholeNumber(int least, int most) {
    return range("a whole number", least, most);
  }

  static Expectation<Double> number(double least, double most) {
    return range("a number", least, most);
  }

  static Expectation<String> prior() {
    return new Expectation<>(
        "a probability above 0 of each of happy, sad, angry and neutral, together 1, such as "
            + EmotionPrior.CALLS,
        Expectation::isPrior);
  }

  private static boolean isPrior(String text) {
    try {
      EmotionPrior.parse(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  static Expectation<Duration> duration(Duration least, Duration most) {
    return range("a duration", least, most);
  }

  static Expectation<MemorySize> memorySize() {
    return new Expectation<>("a memory size", size -> true);
  }

  static Expectation<String> matching(String pattern, String words) {
    return new Expectation<>(words, Pattern.compile(pattern).asMatchPredicate());
  }

  static <E extends Enum<E>> Expectation<E> oneOf(Class<E> type) {
    return new Expectation<>("one of " + text(allOf(type)), constant -> true);
  }

  static <E extends Enum<E>> Expectation<List<E>> someOf(Class<E> type) {
    return new Expectation<>(
        "a list, separated by commas, of some of " + text(allOf(type)), list -> !list.isEmpty());
  }

  static <E extends Enum<E>> Expectation<List<E>> anyOf(Class<E> type) {
    return new Expectation<>(
        "a list, separated by commas, of any of " + text(allOf(type)) + ", or empty", list -> true);
  }

  /** A value in the form in which users write it. */
  static String text(Object value) {
    if (value instanceof Duration duration) {
      return TimeUtils.formatWithHighestUnit(duration);
    }
    if (value instanceof Double number) {
      return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }
    if (value instanceof Enum<?> constant) {
      return constant.toString().toLowerCase(Locale.ROOT);
    }
    if (value instanceof List<?> list) {
      return list.stream().map(Expectation::text).collect(Collectors.joining(", "));
    }
    return value.toString();
  }

  private static <C extends Comparable<C>> Expectation<C> range(String kind, C least, C most) {
    return new Expectation<>(
        "%s from %s to %s".formatted(kind, text(least), text(most)),
        value -> value.compareTo(least) >= 0 && value.compareTo(most) <= 0);
  }

  private static <E extends Enum<E>> List<E> allOf(Class<E> type) {
    return List.copyOf(EnumSet.allOf(type));
  }
}
