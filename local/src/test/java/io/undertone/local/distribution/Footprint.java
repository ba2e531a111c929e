package io.undertone.local.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.local.cluster.JavaProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a process holds after a garbage collection.
 *
 * @param jobClassLoaders class loaders of jobs
 */
record Footprint(int jobClassLoaders, long metaspaceKb, long residentKb) {

  static Footprint of(JavaProcess process) throws IOException, InterruptedException {
    jcmd(process, "GC.run");
    int classLoaders =
        (int)
            jcmd(process, "VM.classloader_stats").stream()
                .filter(line -> line.contains("ChildFirstClassLoader"))
                .count();
    List<String> status =
        Files.readAllLines(Path.of("/proc", String.valueOf(process.pid()), "status"));
    return new Footprint(
        classLoaders,
        number(jcmd(process, "GC.heap_info"), " *Metaspace +used (\\d+)K.*"),
        number(status, "VmRSS:\\s+(\\d+) kB"));
  }

  private static long number(List<String> lines, String pattern) {
    return lines.stream()
        .filter(line -> line.matches(pattern))
        .mapToLong(line -> Long.parseLong(line.replaceAll(pattern, "$1")))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("must have " + pattern + ": " + lines));
  }

  private static List<String> jcmd(JavaProcess process, String command)
      throws IOException, InterruptedException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process running =
        new ProcessBuilder(jcmd.toString(), String.valueOf(process.pid()), command)
            .redirectErrorStream(true)
            .start();
    List<String> lines =
        new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    assertThat(running.waitFor()).as(lines.toString()).isZero();
    return lines;
  }
}
