package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SourceTreeTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final int MOST_FILES_OF_A_PACKAGE = 20;
  private static final int MOST_LINES_OF_A_MODULE = 9_000;
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

  @Test
  void packagesAndModulesStaySmall() throws IOException {
    SoftAssertions sizes = new SoftAssertions();
    for (Path module : modules) {
      Map<Path, List<Path>> packages = mainSourcesByPackage(module);
      long lines = 0;
      for (Map.Entry<Path, List<Path>> files : packages.entrySet()) {
        sizes
            .assertThat(files.getValue())
            .as("files of " + ROOT.relativize(files.getKey()))
            .hasSizeLessThanOrEqualTo(MOST_FILES_OF_A_PACKAGE);
        for (Path file : files.getValue()) {
          lines += Files.readAllLines(file).size();
        }
      }
      sizes
          .assertThat(lines)
          .as("lines of main code of " + ROOT.relativize(module))
          .isLessThanOrEqualTo(MOST_LINES_OF_A_MODULE);
    }
    sizes.assertAll();
    assertThat(mainSourcesByPackage(ROOT.resolve("cli"))).isNotEmpty();
  }

  private static Map<Path, List<Path>> mainSourcesByPackage(Path module) throws IOException {
    Path sources = module.resolve("src/main/java");
    if (!Files.exists(sources)) {
      return Map.of();
    }
    try (Stream<Path> files = Files.walk(sources)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .collect(Collectors.groupingBy(Path::getParent));
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
