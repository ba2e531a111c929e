package io.undertone.local.distribution;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.Manifest;

/**
 * The job and the libraries of its class loader as one jar, which Flink's client and REST interface
 * take, and which Flink finds in {@code usrlib/}.
 */
final class JobJar {
  private static final String MAIN_CLASS = "io.undertone.jobs.EmotionJob";

  private JobJar() {}

  /** Writes the jar; equal class paths give equal bytes. */
  static void write(ClassPath job, Path file) throws IOException {
    Map<String, byte[]> merged = new TreeMap<>();
    for (Path entry : job.entries()) {
      JarContent.of(entry).forEach((name, bytes) -> add(name, bytes, merged));
    }
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, MAIN_CLASS);
    JarContent.write(manifest, merged, file);
  }

  /** Services and notices of all libraries count; of other files with equal names, the first. */
  private static void add(String name, byte[] bytes, Map<String, byte[]> merged) {
    if (isOfOneJar(name)) {
      return;
    }
    if (name.startsWith("META-INF/services/")
        || name.matches("META-INF/(LICENSE|NOTICE)(\\.\\w+)?")) {
      merged.merge(name, bytes, JobJar::concatenated);
    } else {
      merged.putIfAbsent(name, bytes);
    }
  }

  /** Manifests, signatures, module descriptors, and classes for newer versions of Java. */
  private static boolean isOfOneJar(String name) {
    return name.equals("META-INF/MANIFEST.MF")
        || name.equals("META-INF/INDEX.LIST")
        || name.matches("META-INF/[^/]+\\.(SF|DSA|RSA|EC)")
        || name.startsWith("META-INF/versions/")
        || name.equals("module-info.class");
  }

  private static byte[] concatenated(byte[] one, byte[] other) {
    String text = new String(one, StandardCharsets.UTF_8);
    return (text.stripTrailing() + "\n" + new String(other, StandardCharsets.UTF_8))
        .getBytes(StandardCharsets.UTF_8);
  }
}
