package io.undertone.local.distribution;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Collectors;

/**
 * Jars, and folders of classes, in the order of their search.
 *
 * @param entries absolute paths
 */
public record ClassPath(List<Path> entries) {
  private static final Path CLASSES = Path.of("target", "classes");

  public ClassPath {
    entries = List.copyOf(entries);
  }

  /** The class path of this JVM, with what its jars name in their manifests. */
  public static ClassPath ofThisJvm() {
    Set<Path> found = new LinkedHashSet<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      add(Path.of(entry).toAbsolutePath().normalize(), found);
    }
    return new ClassPath(List.copyOf(found));
  }

  /** This module alone. */
  public static ClassPath ofThisModule() {
    return ofThisJvm()
        .select(name -> name.startsWith("undertone-local") && !name.endsWith("-tests.jar"));
  }

  /** The entries whose artifact is wanted. */
  ClassPath select(Predicate<String> artifact) {
    return new ClassPath(
        entries.stream().filter(entry -> artifact.test(artifactOf(entry))).toList());
  }

  /** As the option {@code -cp} of Java takes it. */
  public String text() {
    return entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  /** The name of a jar, or of the jar that a module's folder of classes would become. */
  static String artifactOf(Path entry) {
    if (entry.endsWith(CLASSES)) {
      return "undertone-" + entry.getName(entry.getNameCount() - 3);
    }
    return String.valueOf(entry.getFileName());
  }

  private static void add(Path entry, Set<Path> found) {
    if (!Files.exists(entry) || !found.add(entry) || Files.isDirectory(entry)) {
      return;
    }
    for (String named : namedIn(entry)) {
      add(Path.of(entry.toUri().resolve(URI.create(named))).normalize(), found);
    }
  }

  private static List<String> namedIn(Path jar) {
    try (JarFile file = new JarFile(jar.toFile())) {
      Manifest manifest = file.getManifest();
      String names =
          manifest == null
              ? null
              : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
      return names == null || names.isBlank() ? List.of() : List.of(names.trim().split("\\s+"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the jar " + jar, e);
    }
  }
}
