package io.undertone.cli.dashboard;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Where the lines of the audit log go: to the end of a file, or to standard error. */
final class AuditFile {
  private AuditFile() {}

  /** A sink of lines; each is written before the call is shown. */
  static Consumer<String> at(@Nullable Path file, PrintWriter err) throws IOException {
    if (file == null) {
      return line -> {
        err.println(line);
        err.flush();
      };
    }
    append(file, "");
    return line -> {
      try {
        append(file, line + System.lineSeparator());
      } catch (IOException e) {
        throw new UncheckedIOException("a call that cannot be audited is not shown", e);
      }
    };
  }

  private static void append(Path file, String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
