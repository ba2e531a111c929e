package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All notebooks, on the files beside them. */
class NotebooksTest {

  @ParameterizedTest
  @MethodSource("names")
  @Tag("notebook")
  void eachDrawsAsManyPicturesAsItIsStoredWith(String name, @TempDir Path directory)
      throws IOException, InterruptedException {
    Notebook stored = Notebook.read(Notebook.FOLDER.resolve(name));
    assertThat(stored.pictures()).as("notebooks/README.md says how to store outputs").isPositive();

    Notebook executed = Notebook.execute(name, Notebook.FOLDER.resolve("events.jsonl"), directory);

    assertThat(executed.pictures()).isEqualTo(stored.pictures());
    assertThat(executed.printed()).hasSameSizeAs(stored.printed());
  }

  @Test
  void theReadmeNamesEach() throws IOException {
    String readme = Files.readString(Notebook.FOLDER.resolve("README.md"));

    assertThat(names()).isNotEmpty().allMatch(readme::contains);
  }

  private static Stream<String> names() throws IOException {
    try (Stream<Path> files = Files.list(Notebook.FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".ipynb"))
          .sorted()
          .toList()
          .stream();
    }
  }
}
