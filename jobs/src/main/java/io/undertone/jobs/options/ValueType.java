package io.undertone.jobs.options;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What an option's value must look like.
 *
 * @param expectation completes the sentence "the value must be …"
 * @param reader gives the value of a text, or nothing where the text does not meet the expectation
 */
record ValueType<T>(String expectation, Function<String, Optional<T>> reader) {

  static ValueType<Integer> wholeNumber(int least, int most) {
    return wholeLong(least, most).map(Math::toIntExact);
  }

  static ValueType<Long> wholeLong(long least, long most) {
    return new ValueType<>(
        "a whole number from " + least + " to " + most,
        text -> {
          try {
            return Optional.of(Long.parseLong(text))
                .filter(value -> least <= value && value <= most);
          } catch (NumberFormatException e) {
            return Optional.empty();
          }
        });
  }

  static ValueType<String> matching(String pattern, String expectation) {
    Pattern compiled = Pattern.compile(pattern);
    return new ValueType<>(
        expectation, text -> Optional.of(text).filter(compiled.asMatchPredicate()));
  }

  static <E extends Enum<E>> ValueType<E> oneOf(Class<E> type) {
    return new ValueType<>(
        "one of " + names(type),
        text ->
            Arrays.stream(type.getEnumConstants())
                .filter(constant -> optionName(constant).equals(text))
                .findFirst());
  }

  static <E extends Enum<E>> ValueType<Set<E>> someOf(Class<E> type, Set<E> allowed) {
    String names = allowed.stream().map(ValueType::optionName).collect(Collectors.joining(", "));
    ValueType<E> single = oneOf(type);
    return new ValueType<>(
        "a list, separated by commas, of some of " + names,
        text -> {
          Set<E> chosen = EnumSet.noneOf(type);
          for (String name : text.split(",", -1)) {
            Optional<E> constant = single.reader.apply(name.strip()).filter(allowed::contains);
            if (constant.isEmpty()) {
              return Optional.empty();
            }
            chosen.add(constant.get());
          }
          return Optional.of(Set.copyOf(chosen));
        });
  }

  <R> ValueType<R> map(Function<T, R> function) {
    return new ValueType<>(expectation, text -> reader.apply(text).map(function));
  }

  /** The constant's name as users write it: EXACTLY_ONCE is exactly-once. */
  static String optionName(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static <E extends Enum<E>> String names(Class<E> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(ValueType::optionName)
        .collect(Collectors.joining(", "));
  }
}
