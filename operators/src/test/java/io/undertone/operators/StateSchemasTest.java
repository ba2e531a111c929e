package io.undertone.operators;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** State schemas must stay readable, since savepoints contain state of earlier releases. */
class StateSchemasTest {
  private static final Path CURRENT = Path.of("src/main/avro");
  private static final Path PUBLISHED = Path.of("src/test/resources/published-state");

  static List<Path> published() {
    return files(PUBLISHED).flatMap(StateSchemasTest::files).toList();
  }

  @Test
  void theLatestVersionContainsEveryCurrentSchema() {
    Path latest = files(PUBLISHED).reduce((first, second) -> second).orElseThrow();

    assertThat(files(latest).map(Path::getFileName).toList())
        .containsExactlyElementsOf(files(CURRENT).map(Path::getFileName).toList());
  }

  @ParameterizedTest
  @MethodSource("published")
  void theCurrentSchemaReadsStateOfEarlierOnes(Path published) {
    var pair =
        SchemaCompatibility.checkReaderWriterCompatibility(
            schema(CURRENT.resolve(published.getFileName())), schema(published));

    assertThat(pair.getType())
        .as(pair.getDescription())
        .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
  }

  private static Schema schema(Path file) {
    try {
      return new Schema.Parser().parse(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
