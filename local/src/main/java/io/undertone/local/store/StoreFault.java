package io.undertone.local.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is wrong with a store. A file in a folder above the store says it, so that it holds for all
 * processes; without the file nothing is wrong.
 *
 * @param delayMs until a new file can be written
 * @param mostBytes of a new file; then the disk is full
 */
record StoreFault(long delayMs, long mostBytes) {
  static final StoreFault NONE = new StoreFault(0, Long.MAX_VALUE);

  private static final String FILE = "store-fault";
  private static final Pattern CONTENT = Pattern.compile("(\\d+) (\\d+)");

  /** The fault of the store that a file belongs to. */
  static StoreFault of(Path file) {
    for (Path folder = file.getParent(); folder != null; folder = folder.getParent()) {
      Matcher fault = CONTENT.matcher(contentOf(folder.resolve(FILE)));
      if (fault.matches()) {
        return new StoreFault(Long.parseLong(fault.group(1)), Long.parseLong(fault.group(2)));
      }
    }
    return NONE;
  }

  /** Says it of all stores in a folder. */
  void happenIn(Path folder) {
    Path next = folder.resolve(FILE + ".next");
    try {
      Files.writeString(next, delayMs + " " + mostBytes);
      Files.move(next, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write a fault into " + folder, e);
    }
  }

  /** Empty if there is no such file, or no such folder. */
  private static String contentOf(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "";
    }
  }
}
