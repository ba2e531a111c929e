package io.undertone.local.cluster;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * The job as one file for Flink's client: a jar with all its libraries as jars in {@code lib/},
 * which Flink unpacks and loads in the class loader of the job.
 */
final class JobJar {

  private JobJar() {}

  static void write(ClassPath job, Path file) {
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file))) {
      for (Path entry : job.entries()) {
        String name = ClassPath.artifactOf(entry);
        if (Files.isDirectory(entry)) {
          jar.putNextEntry(new JarEntry("lib/" + name + ".jar"));
          writeFolder(entry, jar);
        } else {
          jar.putNextEntry(new JarEntry("lib/" + name));
          Files.copy(entry, jar);
        }
        jar.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the job's jar " + file, e);
    }
  }

  /** Leaves the stream open. */
  private static void writeFolder(Path folder, OutputStream out) throws IOException {
    JarOutputStream jar = new JarOutputStream(out);
    for (Path file : filesOf(folder)) {
      jar.putNextEntry(new JarEntry(folder.relativize(file).toString()));
      Files.copy(file, jar);
      jar.closeEntry();
    }
    jar.finish();
  }

  private static List<Path> filesOf(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
