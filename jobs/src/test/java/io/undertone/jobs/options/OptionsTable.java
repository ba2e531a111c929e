package io.undertone.jobs.options;

import java.util.List;
import java.util.stream.Collectors;

/** The job's options as a table in Markdown. */
final class OptionsTable {
  private static final String HEADER =
      """
      | option | default | values | |
      |---|---|---|---|
      """;

  private OptionsTable() {}

  static String of(List<JobOption<?>> options) {
    return HEADER + options.stream().map(OptionsTable::row).collect(Collectors.joining());
  }

  private static String row(JobOption<?> option) {
    return "| `--%s` | %s | %s | %s%s |%n"
        .formatted(
            option.name(),
            option.defaultText().isEmpty() ? "empty" : "`" + option.defaultText() + "`",
            option.expectation(),
            option.description(),
            oldNames(option.oldNames()));
  }

  private static String oldNames(List<String> names) {
    return names.stream().map(name -> " Old name: `--" + name + "`.").collect(Collectors.joining());
  }
}
