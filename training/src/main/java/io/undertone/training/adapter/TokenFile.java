package io.undertone.training.adapter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Codes of speech by name, one line each: the name, a tab, the codes, a full stop. A run that was
 * killed may leave a line without one, which does not count.
 */
final class TokenFile {

  private static final String END = ".";

  private final Path path;
  private final Map<String, int[]> known = new HashMap<>();

  private TokenFile(Path path) {
    this.path = path;
  }

  /** Opens a file, which need not exist. */
  static TokenFile open(Path path) throws IOException {
    TokenFile file = new TokenFile(path);
    if (Files.exists(path)) {
      Files.readAllLines(path).forEach(file::read);
    }
    return file;
  }

  private void read(String line) {
    int tab = line.lastIndexOf('\t');
    if (tab >= 0 && line.endsWith(END)) {
      String codes = line.substring(tab + 1, line.length() - END.length());
      known.put(
          line.substring(0, tab),
          Arrays.stream(codes.split(" "))
              .filter(code -> !code.isEmpty())
              .mapToInt(Integer::parseInt)
              .toArray());
    }
  }

  Optional<int[]> codes(String name) {
    return Optional.ofNullable(known.get(name));
  }

  void add(String name, int[] codes) throws IOException {
    // The line begins anew behind one that a killed run has left.
    String line =
        Arrays.stream(codes)
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(" ", "\n" + name + "\t", END));
    Files.writeString(path, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    known.put(name, codes);
  }
}
