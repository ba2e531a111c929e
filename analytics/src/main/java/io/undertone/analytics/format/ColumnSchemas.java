package io.undertone.analytics.format;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;

/** The part of a record's schema that the columns of a table name, in the order of the columns. */
final class ColumnSchemas {

  private ColumnSchemas() {}

  /**
   * The reader's schema of a table.
   *
   * @throws ValidationException if a column is no field of the record, or has another type
   */
  static Schema of(Schema schema, RowType columns) {
    return part(schema, columns);
  }

  private static Schema part(Schema schema, RowType columns) {
    List<Schema.Field> fields = new ArrayList<>();
    for (RowType.RowField column : columns.getFields()) {
      Schema.Field field = schema.getField(column.getName());
      if (field == null) {
        throw new ValidationException(
            "column %s must be a field of %s, which has %s"
                .formatted(column.getName(), schema.getName(), names(schema)));
      }
      Schema type = part(field.schema(), column.getType(), schema.getName() + "." + field.name());
      fields.add(new Schema.Field(field.name(), type, field.doc(), field.defaultVal()));
    }
    return Schema.createRecord(
        schema.getName(), schema.getDoc(), schema.getNamespace(), false, fields);
  }

  private static Schema part(Schema schema, LogicalType column, String name) {
    return switch (schema.getType()) {
      case UNION -> nullablePart(schema, column, name);
      case RECORD -> {
        require(column.is(LogicalTypeRoot.ROW), "ROW", column, name);
        yield part(schema, (RowType) column);
      }
      case ARRAY -> {
        require(column.is(LogicalTypeRoot.ARRAY), "ARRAY", column, name);
        LogicalType element = ((ArrayType) column).getElementType();
        yield Schema.createArray(part(schema.getElementType(), element, name));
      }
      case MAP -> {
        require(
            column.is(LogicalTypeRoot.MAP)
                && ((MapType) column).getKeyType().is(LogicalTypeFamily.CHARACTER_STRING),
            "MAP with keys of STRING",
            column,
            name);
        LogicalType value = ((MapType) column).getValueType();
        yield Schema.createMap(part(schema.getValueType(), value, name));
      }
      case STRING, ENUM -> scalar(schema, LogicalTypeRoot.VARCHAR, "STRING", column, name);
      case INT -> scalar(schema, LogicalTypeRoot.INTEGER, "INT", column, name);
      case LONG -> scalar(schema, LogicalTypeRoot.BIGINT, "BIGINT", column, name);
      case FLOAT -> scalar(schema, LogicalTypeRoot.FLOAT, "FLOAT", column, name);
      case DOUBLE -> scalar(schema, LogicalTypeRoot.DOUBLE, "DOUBLE", column, name);
      case BOOLEAN -> scalar(schema, LogicalTypeRoot.BOOLEAN, "BOOLEAN", column, name);
      case BYTES -> scalar(schema, LogicalTypeRoot.VARBINARY, "BYTES", column, name);
      case FIXED, NULL -> throw new ValidationException("no column can hold " + name);
    };
  }

  private static Schema nullablePart(Schema union, LogicalType column, String name) {
    require(column.isNullable(), "nullable", column, name);
    List<Schema> parts = new ArrayList<>();
    for (Schema branch : union.getTypes()) {
      boolean isNull = branch.getType() == Schema.Type.NULL;
      parts.add(isNull ? branch : part(branch, column, name));
    }
    return Schema.createUnion(parts);
  }

  private static Schema scalar(
      Schema schema, LogicalTypeRoot root, String expected, LogicalType column, String name) {
    require(column.is(root), expected, column, name);
    return schema;
  }

  private static void require(boolean holds, String expected, LogicalType column, String name) {
    if (!holds) {
      throw new ValidationException(
          "the column of %s must be %s, but is %s"
              .formatted(name, expected, column.asSummaryString()));
    }
  }

  private static String names(Schema schema) {
    return schema.getFields().stream().map(Schema.Field::name).collect(Collectors.joining(", "));
  }
}
