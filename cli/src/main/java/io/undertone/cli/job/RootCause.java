package io.undertone.cli.job;

import java.util.List;

/** Finds the root cause in a printed stack trace. */
public final class RootCause {
  private static final String CAUSE = "Caused by: ";

  private RootCause() {}

  /** The innermost cause, or the first line where there is none. */
  public static String of(String printedStack) {
    List<String> lines = printedStack.lines().map(String::strip).toList();
    String root = lines.isEmpty() ? "" : lines.get(0);
    for (String line : lines) {
      if (line.startsWith(CAUSE)) {
        root = line.substring(CAUSE.length());
      }
    }
    return root;
  }
}
