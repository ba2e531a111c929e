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
   * @throws UncheckedIOException where Linux's process files are not there
   */
  public static long bytes() {
    try {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith(RESIDENT))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .findFirst()
          .orElseThrow(() -> new IOException(STATUS + " must have " + RESIDENT));
    } catch (IOException e) {
      throw new UncheckedIOException("resident memory is read from " + STATUS, e);
    }
  }

  /**
   * Bytes of the Java heap if all of it has been resident since Java started, which takes equal
   * {@code -Xms} and {@code -Xmx} and {@code -XX:+AlwaysPreTouch}; otherwise 0.
   */
  public static long heapTouchedBytes() {
    HotSpotDiagnosticMXBean java =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    String mostBytes = java.getVMOption("MaxHeapSize").getValue();
    boolean whole = java.getVMOption("InitialHeapSize").getValue().equals(mostBytes);
    boolean touched = Boolean.parseBoolean(java.getVMOption("AlwaysPreTouch").getValue());
    return whole && touched ? Long.parseLong(mostBytes) : 0;
  }
}
