package io.undertone.schemas;

import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryDecoder;

/**
 * Reads through Avro data, and keeps nothing. Avro's readers allocate any length that the bytes
 * claim, so bytes that nobody has checked are skimmed before they are read.
 */
public final class AvroSkimmer {

  private AvroSkimmer() {}

  /**
   * Skims one value. Avro's own skipping believes the number of elements that a block of an array
   * or a map claims, where the block also says its bytes.
   *
   * @throws IOException if the bytes end before the value does
   * @throws RuntimeException if they are no value of the schema; Avro's exception depends on the
   *     first invalid byte
   */
  public static void skim(Schema schema, BinaryDecoder in) throws IOException {
    switch (schema.getType()) {
      case RECORD -> {
        for (Schema.Field field : schema.getFields()) {
          skim(field.schema(), in);
        }
      }
      case UNION -> skim(schema.getTypes().get(in.readIndex()), in);
      case ARRAY -> {
        for (long left = in.readArrayStart(); left > 0; left = in.arrayNext()) {
          for (long i = 0; i < left; i++) {
            skim(schema.getElementType(), in);
          }
        }
      }
      case MAP -> {
        for (long left = in.readMapStart(); left > 0; left = in.mapNext()) {
          for (long i = 0; i < left; i++) {
            in.skipString();
            skim(schema.getValueType(), in);
          }
        }
      }
      default -> GenericDatumReader.skip(schema, in);
    }
  }
}
