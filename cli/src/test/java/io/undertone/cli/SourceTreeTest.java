package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SourceTreeTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern VERSION = Pattern.compile("<version>(?!\\$\\{)([^<]+)</version>");

  private static List<Path> modules = List.of();

  @BeforeAll
  static void findModules() throws IOException {
    try (Stream<Path> entries = Files.list(ROOT)) {
      modules = entries.filter(entry -> Files.exists(entry.resolve("pom.xml"))).sorted().toList();
    }
    assertThat(modules).contains(ROOT.resolve("cli"), ROOT.resolve("operators"));
  }

  /** Its own, which Maven wants in each pom, is the only version that a module may name. */
  @Test
  void onlyTheParentPomNamesVersions() throws IOException {
    String ours = firstVersion(ROOT.resolve("pom.xml"));

    for (Path module : modules) {
      Path pom = module.resolve("pom.xml");
      assertThat(VERSION.matcher(Files.readString(pom)).results().map(found -> found.group(1)))
          .as(ROOT.relativize(pom).toString())
          .containsExactly(ours);
    }
  }

  private static String firstVersion(Path pom) throws IOException {
    return VERSION
        .matcher(Files.readString(pom))
        .results()
        .map(found -> found.group(1))
        .findFirst()
        .orElseThrow();
  }
}
