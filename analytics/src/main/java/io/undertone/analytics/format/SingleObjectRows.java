package io.undertone.analytics.format;

import io.undertone.schemas.PublishedSchemas;
import io.undertone.schemas.registry.ValueDecoder;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.MessageDecoder;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.formats.avro.AvroToRowDataConverters;
import org.apache.flink.formats.avro.AvroToRowDataConverters.AvroToRowDataConverter;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.jspecify.annotations.Nullable;

/**
 * Reads records of any published version as rows. The fingerprint before each record names the
 * schema that it was written with; Avro resolves that to the columns.
 */
final class SingleObjectRows implements DeserializationSchema<RowData> {
  private static final long serialVersionUID = 1L;

  private final String recordName;
  private final @Nullable RegistryAddress registry;
  private final RowType columns;
  private final TypeInformation<RowData> producedType;

  private transient @Nullable MessageDecoder<GenericRecord> decoder;
  private transient @Nullable AvroToRowDataConverter converter;

  SingleObjectRows(
      String recordName,
      @Nullable RegistryAddress registry,
      RowType columns,
      TypeInformation<RowData> producedType) {
    this.recordName = recordName;
    this.registry = registry;
    this.columns = columns;
    this.producedType = producedType;
    readerSchema();
  }

  @Override
  public void open(InitializationContext context) {
    prepare();
  }

  /** Creates what is not serialized with the job. */
  void prepare() {
    decoder =
        ValueDecoder.generic(
            latest(recordName), readerSchema(), registry == null ? null : registry.connect());
    converter = AvroToRowDataConverters.createRowConverter(columns);
  }

  @Override
  public @Nullable RowData deserialize(byte @Nullable [] value) throws IOException {
    if (value == null) {
      return null;
    }
    try {
      GenericRecord record = Objects.requireNonNull(decoder).decode(value);
      return (RowData) Objects.requireNonNull(converter).convert(record);
    } catch (IOException | AvroRuntimeException e) {
      throw new IOException(
          "a record of "
              + value.length
              + " bytes must be "
              + recordName
              + " in a published schema, but is not, or was written by a later version: "
              + e.getMessage(),
          e);
    }
  }

  @Override
  public boolean isEndOfStream(RowData row) {
    return false;
  }

  @Override
  public TypeInformation<RowData> getProducedType() {
    return producedType;
  }

  private Schema readerSchema() {
    return ColumnSchemas.of(latest(recordName), columns);
  }

  private static Schema latest(String recordName) {
    List<Schema> versions = PublishedSchemas.of(recordName);
    return versions.get(versions.size() - 1);
  }
}
