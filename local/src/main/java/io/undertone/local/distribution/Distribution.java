package io.undertone.local.distribution;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.Manifest;

/**
 * Flink's distribution with a deployment's additions, in a folder:
 *
 * <pre>
 * bin/cluster              starts Flink's processes and its client
 * conf/                    their configuration
 * lib/flink/               Flink itself; a cluster that has Flink needs none of it
 * lib/native/              native libraries
 * lib/libraries/           other libraries
 * lib/undertone/           Undertone's modules that must be loaded once
 * usrlib/undertone-jobs.jar  the job
 * </pre>
 *
 * @param folder the folder, absolute
 */
public record Distribution(Path folder) {
  /**
   * Classes that a cluster loads from {@code lib/} only, as Flink's option {@code
   * classloader.parent-first-patterns.additional}. NameValidator: Avro keeps one in each thread,
   * and Flink's threads would keep the job's classes with it.
   */
  public static final String PARENT_FIRST =
      "ai.djl.;ai.onnxruntime.;io.undertone.audio.;io.undertone.model.;org.apache.avro.NameValidator";

  private static final List<String> LIB = List.of("flink", "native", "libraries", "undertone");
  private static final String SCRIPT = "cluster";
  private static final List<String> CONFIGURATION =
      List.of("config.yaml", "log4j-console.properties", "log4j-json.properties");

  /**
   * Assembles the distribution from this JVM's class path.
   *
   * @param folder is created; files of an earlier distribution in it must be deleted before
   */
  public static Distribution assemble(Path folder) throws IOException {
    Distribution distribution = new Distribution(folder.toAbsolutePath().normalize());
    DeploymentLayout layout = DeploymentLayout.ofThisJvm();
    distribution.copy(layout.flink(), "lib/flink");
    distribution.copy(layout.natives(), "lib/native");
    distribution.copy(layout.libraries(), "lib/libraries");
    distribution.copy(layout.undertone(), "lib/undertone");
    Files.createDirectories(distribution.jobJar().getParent());
    JobJar.write(layout.job(), distribution.jobJar());
    for (String file : CONFIGURATION) {
      distribution.copyResource(file, "conf");
    }
    Files.setPosixFilePermissions(
        distribution.copyResource(SCRIPT, "bin"), PosixFilePermissions.fromString("rwxr-xr-x"));
    return distribution;
  }

  /** Writes the job's jar alone. */
  public static void writeJobJar(Path file) throws IOException {
    JobJar.write(DeploymentLayout.ofThisJvm().job(), file);
  }

  public Path jobJar() {
    return folder.resolve("usrlib").resolve("undertone-jobs.jar");
  }

  /** Starts a process: {@code jobmanager}, {@code taskmanager}, {@code application}, … */
  public Path script() {
    return folder.resolve("bin").resolve(SCRIPT);
  }

  /** The class path of Flink's processes, as the option {@code -cp} of Java takes it. */
  public String classPath() {
    return String.join(
        ":", LIB.stream().map(part -> folder.resolve("lib").resolve(part) + "/*").toList());
  }

  /** Links where it can: the natives alone are hundreds of MB. */
  private void copy(ClassPath from, String to) throws IOException {
    Path parent = Files.createDirectories(folder.resolve(to));
    for (Path entry : from.entries()) {
      String name = ClassPath.artifactOf(entry);
      if (Files.isDirectory(entry)) {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        JarContent.write(manifest, JarContent.of(entry), parent.resolve(name + ".jar"));
      } else {
        linkOrCopy(entry, parent.resolve(name));
      }
    }
  }

  private static void linkOrCopy(Path from, Path to) throws IOException {
    try {
      Files.createLink(to, from);
    } catch (IOException | UnsupportedOperationException e) {
      Files.copy(from, to); // another file system
    }
  }

  private Path copyResource(String name, String to) throws IOException {
    Path file = Files.createDirectories(folder.resolve(to)).resolve(name);
    try (InputStream resource = Distribution.class.getResourceAsStream(name)) {
      if (resource == null) {
        throw new IllegalStateException("the resource " + name + " is missing");
      }
      Files.copy(resource, file);
    }
    return file;
  }
}
