package io.undertone.cli.terminal;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/** Values as JSON, one object per line. JSON has no NaN and no infinity: they become null. */
public final class JsonLines {
  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .registerModule(
              new SimpleModule()
                  .addSerializer(Double.class, new FiniteSerializer<>(Double.class))
                  .addSerializer(Double.TYPE, new FiniteSerializer<>(Double.TYPE))
                  .addSerializer(Float.class, new FiniteSerializer<>(Float.class))
                  .addSerializer(Float.TYPE, new FiniteSerializer<>(Float.TYPE)));

  /** Writes a number, or null if it is not finite. */
  private static final class FiniteSerializer<T extends Number> extends StdSerializer<T> {
    private static final long serialVersionUID = 1L;

    FiniteSerializer(Class<T> type) {
      super(type);
    }

    @Override
    public void serialize(T value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      if (!Double.isFinite(value.doubleValue())) {
        json.writeNull();
      } else if (value instanceof Float number) {
        json.writeNumber(number);
      } else {
        json.writeNumber(value.doubleValue());
      }
    }
  }

  private JsonLines() {}

  /**
   * Names and values as one line; values are numbers, strings, booleans, maps or lists of these.
   */
  public static String of(Map<String, ? extends @Nullable Object> values) {
    return line(values);
  }

  /** A record as one line: its components under their names. */
  public static String of(Record values) {
    return line(values);
  }

  private static String line(Object values) {
    try {
      return MAPPER.writeValueAsString(values);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("values must be writable as JSON, but are " + values, e);
    }
  }

  /** An Avro record as one line: its fields under their names, unions without their branch. */
  public static String of(IndexedRecord message) {
    return of(fields(message));
  }

  /** The fields of an Avro record under their names, as a part of a line. */
  public static Map<String, @Nullable Object> fields(IndexedRecord message) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    for (Schema.Field field : message.getSchema().getFields()) {
      fields.put(field.name(), plain(message.get(field.pos())));
    }
    return fields;
  }

  private static @Nullable Object plain(@Nullable Object value) {
    if (value instanceof IndexedRecord message) {
      return fields(message);
    } else if (value instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> plain = new LinkedHashMap<>();
      map.forEach((key, element) -> plain.put(String.valueOf(key), plain(element)));
      return plain;
    } else if (value instanceof Collection<?> collection) {
      return collection.stream().map(JsonLines::plain).toList();
    } else if (value instanceof CharSequence || value instanceof Enum<?>) {
      return value.toString();
    }
    return value;
  }
}
