package io.undertone.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.junit.jupiter.api.Test;

/** The state of calls must stay readable, since savepoints contain that of earlier releases. */
class StateSchemasTest {
  private static final Path CURRENT = Path.of("src/main/avro/CallAlerts.avsc");
  private static final Path PUBLISHED = Path.of("src/test/resources/published-state");

  @Test
  void theCurrentSchemaReadsStateOfEarlierOnes() throws IOException {
    List<Path> versions;
    try (Stream<Path> files = Files.list(PUBLISHED)) {
      versions = files.sorted().toList();
    }
    assertThat(versions).isNotEmpty();
    for (Path version : versions) {
      var pair =
          SchemaCompatibility.checkReaderWriterCompatibility(
              schema(CURRENT), schema(version.resolve("CallAlerts.avsc")));

      assertThat(pair.getType())
          .as(pair.getDescription())
          .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
    }
  }

  private static Schema schema(Path file) throws IOException {
    return new Schema.Parser().parse(Files.readString(file));
  }
}
