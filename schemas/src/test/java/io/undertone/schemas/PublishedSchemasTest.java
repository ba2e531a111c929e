package io.undertone.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaNormalization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PublishedSchemasTest {
  private static final Path CURRENT = Path.of("src/main/avro");
  private static final Path PUBLISHED =
      Path.of("src/main/resources/io/undertone/schemas/published");

  static List<String> recordNames() {
    return namesIn(CURRENT);
  }

  @Test
  void listsEveryPublishedVersion() {
    assertThat(PublishedSchemas.VERSIONS).containsExactlyElementsOf(versionFolders());
  }

  @Test
  void theLatestVersionContainsEveryCurrentSchema() {
    String latest = PublishedSchemas.VERSIONS.get(PublishedSchemas.VERSIONS.size() - 1);
    assertThat(namesIn(PUBLISHED.resolve(latest))).containsExactlyElementsOf(recordNames());
  }

  @ParameterizedTest
  @MethodSource("recordNames")
  void theCurrentSchemaReadsRecordsOfEveryPublishedVersion(String name) {
    Schema current = current(name);
    for (Schema published : PublishedSchemas.of(name)) {
      var pair = SchemaCompatibility.checkReaderWriterCompatibility(current, published);
      assertThat(pair.getType())
          .as(pair.getDescription())
          .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
    }
  }

  @ParameterizedTest
  @MethodSource("recordNames")
  void readersOfEveryPublishedVersionReadCurrentRecords(String name) {
    Schema current = current(name);
    for (Schema published : PublishedSchemas.of(name)) {
      var pair = SchemaCompatibility.checkReaderWriterCompatibility(published, current);
      assertThat(pair.getType())
          .as(pair.getDescription())
          .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
    }
  }

  @ParameterizedTest
  @MethodSource("recordNames")
  void noPublishedNestedTypeWasRemoved(String name) {
    Set<String> current = namedTypes(current(name));
    for (Schema published : PublishedSchemas.of(name)) {
      assertThat(current).containsAll(namedTypes(published));
    }
  }

  @ParameterizedTest
  @MethodSource("recordNames")
  void theStoreFindsEveryPublishedVersion(String name) {
    Schema current = current(name);
    var store = PublishedSchemas.store(current);
    for (Schema published : PublishedSchemas.of(name)) {
      long fingerprint = SchemaNormalization.parsingFingerprint64(published);
      assertThat(store.findByFingerprint(fingerprint)).isEqualTo(published);
    }
  }

  @Test
  void rejectsAnUnknownRecordName() {
    assertThatThrownBy(() -> PublishedSchemas.of("Nothing"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Nothing");
  }

  private static Schema current(String name) {
    try {
      return new Schema.Parser().parse(Files.readString(CURRENT.resolve(name + ".avsc")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> namesIn(Path folder) {
    return filesIn(folder)
        .filter(n -> n.endsWith(".avsc"))
        .map(n -> n.replace(".avsc", ""))
        .toList();
  }

  private static List<String> versionFolders() {
    return filesIn(PUBLISHED).toList();
  }

  private static Stream<String> filesIn(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Full names of all records and enums in a schema. */
  private static Set<String> namedTypes(Schema schema) {
    Set<String> names = new HashSet<>();
    collect(schema, names);
    return names;
  }

  private static void collect(Schema schema, Set<String> names) {
    switch (schema.getType()) {
      case RECORD -> {
        if (names.add(schema.getFullName())) {
          schema.getFields().forEach(field -> collect(field.schema(), names));
        }
      }
      case ENUM, FIXED -> names.add(schema.getFullName());
      case ARRAY -> collect(schema.getElementType(), names);
      case MAP -> collect(schema.getValueType(), names);
      case UNION -> schema.getTypes().forEach(type -> collect(type, names));
      default -> {}
    }
  }
}
