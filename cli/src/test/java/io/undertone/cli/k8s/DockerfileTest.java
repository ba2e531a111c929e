package io.undertone.cli.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.local.distribution.Distribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the image is built from, without building it. */
class DockerfileTest {
  private static final Path REPOSITORY = Path.of("..");
  private static final Path DOCKERFILE = REPOSITORY.resolve("k8s/Dockerfile");
  private static final String DEPLOYMENT = "target/deployment/";

  /** A line that copies a folder of the repository into a folder of the image. */
  private record Copy(String from, String to) {}

  @Test
  void copiesFoldersOfAnAssembledDistribution(@TempDir Path folder) throws IOException {
    Distribution distribution = Distribution.assemble(folder.resolve("deployment"));

    assertThat(copies())
        .isNotEmpty()
        .allSatisfy(
            copy -> {
              Path from =
                  copy.from().startsWith(DEPLOYMENT)
                      ? distribution.folder().resolve(copy.from().substring(DEPLOYMENT.length()))
                      : REPOSITORY.resolve(copy.from());
              assertThat(from).isNotEmptyDirectory();
            });
  }

  @Test
  void leavesOutFlinkItselfAndNothingElse(@TempDir Path folder) throws IOException {
    Path assembled = Distribution.assemble(folder.resolve("deployment")).folder();
    try (Stream<Path> parts = Files.list(assembled.resolve("lib"))) {
      List<String> expected =
          parts
              .map(part -> DEPLOYMENT + "lib/" + part.getFileName() + "/")
              .filter(part -> !part.endsWith("/flink/"))
              .toList();

      assertThat(copies()).extracting(Copy::from).containsAll(expected);
      assertThat(copies()).extracting(Copy::from).contains(DEPLOYMENT + "usrlib/");
    }
  }

  /** Flink's scripts find jars in folders of lib/, and the job in usrlib/. */
  @Test
  void keepsTheNamesOfFoldersThatFlinkLooksInto() throws IOException {
    assertThat(copies())
        .allSatisfy(
            copy ->
                assertThat(copy.to())
                    .isEqualTo("/opt/flink/" + copy.from().replace(DEPLOYMENT, "")));
  }

  @Test
  void sendsToTheDaemonWhatItCopies() throws IOException {
    List<String> sent =
        Files.readAllLines(REPOSITORY.resolve("k8s/Dockerfile.dockerignore")).stream()
            .filter(line -> line.startsWith("!"))
            .map(line -> line.substring(1) + "/")
            .toList();

    assertThat(copies()).extracting(Copy::from).containsExactlyInAnyOrderElementsOf(sent);
  }

  private static List<Copy> copies() throws IOException {
    return Files.readAllLines(DOCKERFILE).stream()
        .filter(line -> line.startsWith("COPY "))
        .map(line -> line.split(" "))
        .map(parts -> new Copy(parts[1], parts[2]))
        .toList();
  }
}
