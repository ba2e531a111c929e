package io.undertone.schemas;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.message.SchemaStore;

/**
 * Every version of a contract that was ever published. Topics keep what was written with them, so
 * readers must know them all: single-object encoding names its schema by fingerprint only.
 */
public final class PublishedSchemas {

  /** All versions, oldest first; a release that changes a contract adds one. */
  static final List<String> VERSIONS = List.of("v1");

  private PublishedSchemas() {}

  /**
   * The published versions of a record, oldest first.
   *
   * @param recordName such as {@code AudioChunk}
   */
  public static List<Schema> of(String recordName) {
    List<Schema> schemas = new ArrayList<>();
    for (String version : VERSIONS) {
      schemas.add(read("published/" + version + "/" + recordName + ".avsc"));
    }
    return schemas;
  }

  /** Finds the schema that a record was written with, among the published ones and the current. */
  public static SchemaStore store(Schema current) {
    SchemaStore.Cache store = new SchemaStore.Cache();
    of(current.getName()).forEach(store::addSchema);
    store.addSchema(current);
    return store;
  }

  private static Schema read(String resource) {
    try (InputStream in = PublishedSchemas.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalArgumentException(
            "published schema must exist, but is missing: " + resource);
      }
      return new Schema.Parser().parse(in);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read published schema " + resource, e);
    }
  }
}
