package io.undertone.operators.decode;

import io.undertone.schemas.AudioChunk;
import io.undertone.schemas.PublishedSchemas;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.SchemaStore;
import org.jspecify.annotations.Nullable;

/** Reads chunks of every published version in Avro's single-object encoding. */
final class AudioChunkReader {
  /** Two bytes of marker and the schema's fingerprint, little endian. */
  private static final int HEADER_BYTES = 2 + Long.BYTES;

  private static final byte[] MARKER = {(byte) 0xC3, 0x01};

  private final SchemaStore schemas = PublishedSchemas.store(AudioChunk.getClassSchema());
  private final BinaryMessageDecoder<AudioChunk> decoder = AudioChunk.createDecoder(schemas);

  AudioChunk read(byte @Nullable [] value) throws MalformedRecordException {
    if (value == null) {
      throw new MalformedRecordException("value must be an AudioChunk, but is null");
    }
    Schema writer = writerSchema(value);
    try {
      walk(writer, value);
      return decoder.decode(value);
    } catch (IOException | RuntimeException e) {
      // Which of its many exceptions Avro throws depends on where the bytes first make no sense.
      throw new MalformedRecordException(
          "value must be an AudioChunk, but its %d bytes cannot be read: %s"
              .formatted(value.length, e),
          e);
    }
  }

  private Schema writerSchema(byte[] value) throws MalformedRecordException {
    if (value.length < HEADER_BYTES || value[0] != MARKER[0] || value[1] != MARKER[1]) {
      throw new MalformedRecordException(
          "value must be in Avro single-object encoding, but its %d bytes do not begin with c301"
              .formatted(value.length));
    }
    long fingerprint = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).getLong(2);
    Schema writer = schemas.findByFingerprint(fingerprint);
    if (writer == null) {
      throw new MalformedRecordException(
          "schema must be a published AudioChunk, but has the fingerprint %016x"
              .formatted(fingerprint));
    }
    return writer;
  }

  /** Runs over the value without building it: the decoder allocates whatever a length claims. */
  private static void walk(Schema writer, byte[] value) throws IOException {
    GenericDatumReader.skip(
        writer,
        DecoderFactory.get().binaryDecoder(value, HEADER_BYTES, value.length - HEADER_BYTES, null));
  }
}
