package io.undertone.bench.measure;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** The resident memory of this process; Linux only. */
public final class ResidentMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String RESIDENT = "VmRSS:";

  private ResidentMemory() {}

  /**
   * The current size in bytes.
   *
   * @throws UncheckedIOException if {@code /proc/self/status} cannot be read
   */
  public static long bytes() {
    try {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith(RESIDENT))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .findFirst()
          .orElseThrow(() -> new IOException(STATUS + " must have " + RESIDENT));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read resident memory from " + STATUS, e);
    }
  }

  /**
   * Size of the Java heap if all of it has been resident since the start, that is, with equal
   * {@code -Xms} and {@code -Xmx} and {@code -XX:+AlwaysPreTouch}; otherwise 0.
   */
  public static long heapTouchedBytes() {
    HotSpotDiagnosticMXBean options =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    String maxBytes = options.getVMOption("MaxHeapSize").getValue();
    boolean whole = options.getVMOption("InitialHeapSize").getValue().equals(maxBytes);
    boolean touched = Boolean.parseBoolean(options.getVMOption("AlwaysPreTouch").getValue());
    return whole && touched ? Long.parseLong(maxBytes) : 0;
  }
}
