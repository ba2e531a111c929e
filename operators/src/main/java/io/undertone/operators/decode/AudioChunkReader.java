package io.undertone.operators.decode;

import io.undertone.schemas.AudioChunk;
import io.undertone.schemas.PublishedSchemas;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.message.SchemaStore;
import org.apache.avro.specific.SpecificData;
import org.jspecify.annotations.Nullable;

/** Reads chunks of every published version in Avro's single-object encoding. */
final class AudioChunkReader {
  /** Two bytes of marker and the schema's fingerprint, little endian. */
  private static final int HEADER_BYTES = 2 + Long.BYTES;

  private static final byte[] MARKER = {(byte) 0xC3, 0x01};

  private static final SpecificData MODEL = SpecificData.getForClass(AudioChunk.class);

  private final SchemaStore schemas = PublishedSchemas.store(AudioChunk.getClassSchema());
  private final Map<Long, Version> versions = new HashMap<>();
  private @Nullable BinaryDecoder decoder;

  /** What was written with one schema. */
  private record Version(Schema writer, DatumReader<AudioChunk> reader) {}

  AudioChunk read(byte @Nullable [] value) throws MalformedRecordException {
    if (value == null) {
      throw new MalformedRecordException("value must be an AudioChunk, but is null");
    }
    Version version = version(value);
    try {
      // Runs over the value without building it: the reader allocates whatever a length claims.
      GenericDatumReader.skip(version.writer(), begin(value));
      return version.reader().read(null, begin(value));
    } catch (IOException | RuntimeException e) {
      // Which of its many exceptions Avro throws depends on where the bytes first make no sense.
      throw new MalformedRecordException(
          "value must be an AudioChunk, but its %d bytes cannot be read: %s"
              .formatted(value.length, e),
          e);
    }
  }

  /** What the bytes begin with tells. */
  private Version version(byte[] value) throws MalformedRecordException {
    if (value.length < HEADER_BYTES || value[0] != MARKER[0] || value[1] != MARKER[1]) {
      throw new MalformedRecordException(
          "value must be in Avro single-object encoding, but its %d bytes do not begin with c301"
              .formatted(value.length));
    }
    long fingerprint = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).getLong(2);
    Version known = versions.get(fingerprint);
    if (known != null) {
      return known;
    }
    Schema writer = schemas.findByFingerprint(fingerprint);
    if (writer == null) {
      throw new MalformedRecordException(
          "schema must be a published AudioChunk, but has the fingerprint %016x"
              .formatted(fingerprint));
    }
    @SuppressWarnings("unchecked") // the model makes chunks of this schema
    DatumReader<AudioChunk> reader = MODEL.createDatumReader(writer, AudioChunk.getClassSchema());
    Version version = new Version(writer, reader);
    versions.put(fingerprint, version);
    return version;
  }

  /** A decoder that stands behind the header. */
  private BinaryDecoder begin(byte[] value) {
    decoder =
        DecoderFactory.get()
            .binaryDecoder(value, HEADER_BYTES, value.length - HEADER_BYTES, decoder);
    return decoder;
  }
}
