package io.undertone.schemas.registry;

import io.undertone.schemas.PublishedSchemas;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.MessageDecoder;
import org.apache.avro.specific.SpecificData;
import org.jspecify.annotations.Nullable;

/**
 * Decodes values of topics: Avro in single-object encoding of any published version, and, if there
 * is a registry, Confluent's wire format. A topic may have both. Not for several threads at once.
 */
public final class ValueDecoder<T> extends MessageDecoder.BaseDecoder<T> {
  private final GenericData model;
  private final Schema reader;
  private final MessageDecoder<T> singleObjects;
  private final @Nullable SchemaRegistry registry;

  private ValueDecoder(
      GenericData model, Schema latest, Schema reader, @Nullable SchemaRegistry registry) {
    this.model = model;
    this.reader = reader;
    this.singleObjects = new BinaryMessageDecoder<>(model, reader, PublishedSchemas.store(latest));
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
    PushbackInputStream value = new PushbackInputStream(stream);
    int first = value.read();
    if (first != ConfluentEncoder.MAGIC) {
      if (first >= 0) {
        value.unread(first);
      }
      return singleObjects.decode(value, reuse);
    }
    if (registry == null) {
      throw new IOException(
          "it begins as Confluent's wire format does, which needs a schema registry to be read");
    }
    Schema writer = registry.schema(new DataInputStream(value).readInt());
    @SuppressWarnings("unchecked") // the model's readers are of its records
    DatumReader<T> data = (DatumReader<T>) model.createDatumReader(writer, reader);
    return data.read(reuse, DecoderFactory.get().binaryDecoder(value, null));
  }
}
