package io.undertone.schemas.registry;

import io.undertone.schemas.AvroSkimmer;
import io.undertone.schemas.PublishedSchemas;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.IdentityHashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.message.MessageDecoder;
import org.apache.avro.message.SchemaStore;
import org.apache.avro.specific.SpecificData;
import org.jspecify.annotations.Nullable;

/**
 * Decodes values of topics: Avro in single-object encoding of any published version, and, if there
 * is a registry, Confluent's wire format. A topic may have both. Whatever the bytes are, it returns
 * a value or throws an IOException. Not for several threads at once.
 */
public final class ValueDecoder<T> extends MessageDecoder.BaseDecoder<T> {
  /** A zero byte and the schema's id, big endian. */
  private static final int CONFLUENT_HEADER_BYTES = 1 + Integer.BYTES;

  /** Two marker bytes and the schema's fingerprint, little endian. */
  private static final int SINGLE_OBJECT_HEADER_BYTES = 2 + Long.BYTES;

  private static final byte[] SINGLE_OBJECT = {(byte) 0xC3, 0x01};

  private final GenericData model;
  private final Schema reader;
  private final SchemaStore published;
  private final @Nullable SchemaRegistry registry;

  /** By the writer's schema, of which store and registry have one instance each. */
  private final Map<Schema, DatumReader<T>> readers = new IdentityHashMap<>();

  private @Nullable BinaryDecoder decoder;

  private ValueDecoder(
      GenericData model, Schema latest, Schema reader, @Nullable SchemaRegistry registry) {
    this.model = model;
    this.reader = reader;
    this.published = PublishedSchemas.store(latest);
    this.registry = registry;
  }

  /**
   * Decodes to instances of a generated class.
   *
   * @param schema of the class
   * @param registry null if no value is in Confluent's wire format
   */
  public static <T> ValueDecoder<T> of(Schema schema, @Nullable SchemaRegistry registry) {
    return new ValueDecoder<>(SpecificData.getForSchema(schema), schema, schema, registry);
  }

  /**
   * Decodes to generic records.
   *
   * @param latest schema of the record
   * @param reader the same, or a part of it
   * @param registry null if no value is in Confluent's wire format
   */
  public static ValueDecoder<GenericRecord> generic(
      Schema latest, Schema reader, @Nullable SchemaRegistry registry) {
    return new ValueDecoder<>(GenericData.get(), latest, reader, registry);
  }

  @Override
  public T decode(InputStream stream, @Nullable T reuse) throws IOException {
    byte[] value = stream.readAllBytes();
    if (value.length > 0 && value[0] == ConfluentEncoder.MAGIC) {
      return read(registered(value), value, CONFLUENT_HEADER_BYTES, reuse);
    }
    return read(published(value), value, SINGLE_OBJECT_HEADER_BYTES, reuse);
  }

  private Schema registered(byte[] value) throws IOException {
    if (registry == null) {
      throw new IOException(
          "it begins as Confluent's wire format does, which needs a schema registry to be read");
    }
    if (value.length < CONFLUENT_HEADER_BYTES) {
      throw new IOException(
          "it must begin with a zero byte and the id of a schema, but has %d bytes"
              .formatted(value.length));
    }
    return registry.schema(ByteBuffer.wrap(value).getInt(1));
  }

  private Schema published(byte[] value) throws IOException {
    if (value.length < SINGLE_OBJECT_HEADER_BYTES
        || value[0] != SINGLE_OBJECT[0]
        || value[1] != SINGLE_OBJECT[1]) {
      throw new IOException(
          "it must be in Avro single-object encoding, but its %d bytes do not start with c301"
              .formatted(value.length));
    }
    long fingerprint = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).getLong(2);
    Schema writer = published.findByFingerprint(fingerprint);
    if (writer == null) {
      throw new IOException(
          "its schema must be a published one of %s, but has the fingerprint %016x"
              .formatted(reader.getName(), fingerprint));
    }
    return writer;
  }

  private T read(Schema writer, byte[] value, int headerBytes, @Nullable T reuse)
      throws IOException {
    try {
      AvroSkimmer.skim(writer, body(value, headerBytes));
      return readers.computeIfAbsent(writer, this::reader).read(reuse, body(value, headerBytes));
    } catch (IOException | RuntimeException e) {
      // Avro's exception depends on the first invalid byte.
      throw new IOException(
          "it must be a %s, but its %d bytes cannot be read: %s"
              .formatted(reader.getName(), value.length, e),
          e);
    }
  }

  @SuppressWarnings("unchecked") // the model's readers are of its records
  private DatumReader<T> reader(Schema writer) {
    return model.createDatumReader(writer, reader);
  }

  /** A decoder positioned after the header. */
  private BinaryDecoder body(byte[] value, int headerBytes) {
    decoder =
        DecoderFactory.get().binaryDecoder(value, headerBytes, value.length - headerBytes, decoder);
    return decoder;
  }
}
