package io.undertone.operators.decode;

import io.undertone.schemas.AvroSkimmer;
import io.undertone.schemas.PublishedSchemas;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.message.SchemaStore;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads records of every published schema version in Avro single-object encoding.
 *
 * @param <T> the generated class
 */
final class SingleObjectReader<T extends SpecificRecord> {
  /** Two marker bytes and the schema's fingerprint, little endian. */
  private static final int HEADER_BYTES = 2 + Long.BYTES;

  private static final byte[] MARKER = {(byte) 0xC3, 0x01};

  private final SpecificData model;
  private final Schema current;
  private final SchemaStore schemas;
  private final Map<Long, Version<T>> versions = new HashMap<>();
  private @Nullable BinaryDecoder decoder;

  /** A schema and its reader. */
  private record Version<T>(Schema writer, DatumReader<T> reader) {}

  SingleObjectReader(Class<T> type) {
    model = SpecificData.getForClass(type);
    current = model.getSchema(type);
    schemas = PublishedSchemas.store(current);
  }

  T read(byte @Nullable [] value) throws MalformedRecordException {
    if (value == null) {
      throw new MalformedRecordException(
          "value must be of type " + current.getName() + ", but is null");
    }
    Version<T> version = version(value);
    try {
      // Skims the value first: the reader would allocate any length that the bytes claim.
      AvroSkimmer.skim(version.writer(), body(value));
      return version.reader().read(null, body(value));
    } catch (IOException | RuntimeException e) {
      // Avro's exception depends on the first invalid byte.
      throw new MalformedRecordException(
          "value must be of type %s, but its %d bytes cannot be read: %s"
              .formatted(current.getName(), value.length, e),
          e);
    }
  }

  /** The schema version that the header names. */
  private Version<T> version(byte[] value) throws MalformedRecordException {
    if (value.length < HEADER_BYTES || value[0] != MARKER[0] || value[1] != MARKER[1]) {
      throw new MalformedRecordException(
          "value must be in Avro single-object encoding, but its %d bytes do not start with c301"
              .formatted(value.length));
    }
    long fingerprint = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).getLong(2);
    Version<T> known = versions.get(fingerprint);
    if (known != null) {
      return known;
    }
    Schema writer = schemas.findByFingerprint(fingerprint);
    if (writer == null) {
      throw new MalformedRecordException(
          "schema must be a published one of type %s, but has the fingerprint %016x"
              .formatted(current.getName(), fingerprint));
    }
    @SuppressWarnings("unchecked") // The model creates readers of this schema's class.
    DatumReader<T> reader = model.createDatumReader(writer, current);
    Version<T> version = new Version<>(writer, reader);
    versions.put(fingerprint, version);
    return version;
  }

  /** A decoder positioned after the header. */
  private BinaryDecoder body(byte[] value) {
    decoder =
        DecoderFactory.get()
            .binaryDecoder(value, HEADER_BYTES, value.length - HEADER_BYTES, decoder);
    return decoder;
  }
}
