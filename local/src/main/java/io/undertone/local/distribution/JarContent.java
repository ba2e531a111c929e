package io.undertone.local.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Enumeration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** The files of a jar, or of the folder of classes that would become one, by name. */
final class JarContent {
  /** Of all entries that are written: equal content gives equal bytes. */
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private JarContent() {}

  static SortedMap<String, byte[]> of(Path entry) throws IOException {
    return Files.isDirectory(entry) ? ofFolder(entry) : ofJar(entry);
  }

  static void write(Manifest manifest, Map<String, byte[]> content, Path file) throws IOException {
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file))) {
      jar.putNextEntry(entry(JarFile.MANIFEST_NAME));
      manifest.write(jar);
      for (Map.Entry<String, byte[]> each : content.entrySet()) {
        jar.putNextEntry(entry(each.getKey()));
        jar.write(each.getValue());
      }
    }
  }

  private static JarEntry entry(String name) {
    JarEntry entry = new JarEntry(name);
    entry.setTimeLocal(TIME);
    return entry;
  }

  private static SortedMap<String, byte[]> ofFolder(Path folder) throws IOException {
    SortedMap<String, byte[]> content = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        content.put(folder.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return content;
  }

  private static SortedMap<String, byte[]> ofJar(Path file) throws IOException {
    SortedMap<String, byte[]> content = new TreeMap<>();
    try (JarFile jar = new JarFile(file.toFile())) {
      Enumeration<JarEntry> entries = jar.entries();
      while (entries.hasMoreElements()) {
        JarEntry entry = entries.nextElement();
        if (!entry.isDirectory()) {
          content.put(entry.getName(), jar.getInputStream(entry).readAllBytes());
        }
      }
    }
    return content;
  }
}
