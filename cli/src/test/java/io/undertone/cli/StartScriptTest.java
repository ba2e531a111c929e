package io.undertone.cli;

import static java.nio.file.attribute.PosixFilePermissions.fromString;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script "undertone" in a checkout of its own, with a Java and a Maven that only say so. */
class StartScriptTest {
  private static final List<String> SYSTEM_TOOLS =
      List.of(
          "bash",
          "dirname",
          "readlink",
          "sed",
          "find",
          "mkdir",
          "touch",
          "mv",
          "tail",
          "flock",
          "env");

  @TempDir private Path directory;
  private Path home = Path.of("");
  private Path tools = Path.of("");

  @BeforeEach
  void checkOut() throws IOException {
    home = Files.createDirectories(directory.resolve("home"));
    tools = Files.createDirectories(directory.resolve("tools"));
    Files.copy(Path.of("../undertone"), home.resolve("undertone"));
    Files.createDirectories(home.resolve("cli/src/main/java"));
    Files.writeString(home.resolve("pom.xml"), "<project/>");
    Files.writeString(home.resolve("cli/pom.xml"), "<project/>");
    program(
        "java", "[[ $1 == -version ]] && echo 'openjdk version \"17.0.9\"' >&2 || echo ran \"$@\"");
    program("javac", "");
    program("npm", "");
    program("mvn", "echo maven says much; touch cli/target/undertone/undertone.jar");
  }

  @Test
  void theFirstStartBuildsAndTheNextDoesNot() throws IOException, InterruptedException {
    List<String> first = run(home, "./undertone", "demo", "--once");
    List<String> second = run(home, "./undertone", "demo", "--once");

    assertThat(first).hasSize(2);
    assertThat(first.get(0)).startsWith("undertone: building").contains("build.log");
    assertThat(first.get(1))
        .startsWith("ran ")
        .contains("-jar " + home.toRealPath().resolve("cli/target/undertone/undertone.jar"))
        .contains("-Dundertone.home=" + home.toRealPath())
        .endsWith(" demo --once");
    assertThat(second).containsExactly(first.get(1));
  }

  @Test
  void aNewerSourceBuildsAgain() throws IOException, InterruptedException {
    run(home, "./undertone");
    Path source = Files.writeString(home.resolve("cli/src/main/java/New.java"), "class New {}");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));

    assertThat(run(home, "./undertone").get(0)).startsWith("undertone: building");
  }

  @Test
  void aReleaseHasNothingToBuild() throws IOException, InterruptedException {
    Files.delete(home.resolve("pom.xml"));

    assertThat(run(home, "./undertone", "demo")).singleElement().asString().startsWith("ran ");
  }

  @Test
  void itFindsItsHomeFromAnywhereThroughALink() throws IOException, InterruptedException {
    Path link = Files.createSymbolicLink(directory.resolve("link"), home.resolve("undertone"));

    assertThat(run(Path.of("/"), link.toString()).get(1)).contains("-jar " + home.toRealPath());
  }

  @Test
  void aFailedBuildShowsItsLastLines() throws IOException, InterruptedException {
    program("mvn", "echo what went wrong; exit 1");

    assertThat(run(home, "./undertone"))
        .contains("what went wrong")
        .last()
        .asString()
        .startsWith("undertone: the build failed")
        .contains("build.log");
    assertThat(run(home, "./undertone").get(0)).startsWith("undertone: building");
  }

  @Test
  void anOldJavaIsRefused() throws IOException, InterruptedException {
    program("java", "echo 'openjdk version \"11.0.2\"' >&2");

    assertThat(run(home, "./undertone"))
        .containsExactly(
            "undertone: needs Java 17 or newer, but " + tools.resolve("java") + " is version 11");
  }

  @Test
  void theWrapperBuildsWhereMavenIsMissing() throws IOException, InterruptedException {
    Files.move(tools.resolve("mvn"), home.resolve("mvnw"));

    assertThat(run(home, "./undertone"))
        .satisfiesExactly(
            first -> assertThat(first).startsWith("undertone: building"),
            second -> assertThat(second).startsWith("ran "));
  }

  private void program(String name, String script) throws IOException {
    Path file = tools.resolve(name);
    Files.writeString(file, "#!/bin/bash\n" + script + "\n");
    Files.setPosixFilePermissions(file, fromString("rwxr-xr-x"));
  }

  /** Both outputs, line by line. The system's own Maven and Java are out of reach. */
  private List<String> run(Path from, String... command) throws IOException, InterruptedException {
    for (String tool : SYSTEM_TOOLS) {
      if (Files.notExists(tools.resolve(tool))) {
        Files.createSymbolicLink(tools.resolve(tool), Path.of("/usr/bin").resolve(tool));
      }
    }
    ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(List.of(command)));
    builder.environment().put("PATH", tools.toString());
    builder.environment().remove("JAVA_HOME");
    Process process = builder.directory(from.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    process.waitFor();
    return lines;
  }
}
