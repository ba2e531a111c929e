package io.undertone.schemas;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.message.SchemaStore;

/**
 * All published versions of the topics' schemas. Topics retain records of earlier versions, and
 * single-object encoding names a schema by its fingerprint only, so readers need all versions.
 */
public final class PublishedSchemas {

  /** All versions, oldest first. A release that changes a schema adds one. */
  static final List<String> VERSIONS = List.of("v1", "v2", "v3", "v4", "v5", "v6");

  private PublishedSchemas() {}

  /**
   * The published versions of a record, oldest first, beginning with the first that has it.
   *
   * @param recordName for example {@code AudioChunk}
   */
  public static List<Schema> of(String recordName) {
    List<Schema> schemas = new ArrayList<>();
    for (String version : VERSIONS) {
      read("published/" + version + "/" + recordName + ".avsc").ifPresent(schemas::add);
    }
    if (schemas.isEmpty()) {
      throw new IllegalArgumentException("no published version has the record " + recordName);
    }
    return schemas;
  }

  /** Looks up schemas by fingerprint: the published versions and the current one. */
  public static SchemaStore store(Schema current) {
    SchemaStore.Cache store = new SchemaStore.Cache();
    of(current.getName()).forEach(store::addSchema);
    store.addSchema(current);
    return store;
  }

  private static Optional<Schema> read(String resource) {
    try (InputStream in = PublishedSchemas.class.getResourceAsStream(resource)) {
      if (in == null) {
        return Optional.empty();
      }
      return Optional.of(new Schema.Parser().parse(in));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read published schema " + resource, e);
    }
  }
}
