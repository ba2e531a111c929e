package io.undertone.analytics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.undertone.schemas.EmotionEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageEncoder;
import org.jspecify.annotations.Nullable;

/**
 * The events of the demo's five calls, as the job wrote them; fields that it did not know yet have
 * their defaults.
 */
public final class RecordedEvents {
  private static final Path FILE = Path.of("../notebooks/events.jsonl");
  private static final Schema SCHEMA = EmotionEvent.getClassSchema();
  private static final BinaryMessageEncoder<GenericRecord> ENCODER =
      new BinaryMessageEncoder<>(GenericData.get(), SCHEMA);

  private RecordedEvents() {}

  public static List<EmotionEvent> read() {
    ObjectMapper json = new ObjectMapper();
    List<EmotionEvent> events = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(FILE)) {
        GenericRecord event = (GenericRecord) value(SCHEMA, json.readTree(line));
        ByteBuffer bytes = ENCODER.encode(event);
        events.add(EmotionEvent.getDecoder().decode(bytes));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return events;
  }

  private static @Nullable Object value(Schema schema, JsonNode json) {
    return switch (schema.getType()) {
      case RECORD -> {
        GenericRecord record = new GenericData.Record(schema);
        schema
            .getFields()
            .forEach(
                field ->
                    record.put(
                        field.name(),
                        json.has(field.name())
                            ? value(field.schema(), json.get(field.name()))
                            : GenericData.get().getDefaultValue(field)));
        yield record;
      }
      case UNION -> json.isNull() ? null : value(schema.getTypes().get(1), json);
      case MAP -> {
        Map<String, @Nullable Object> map = new HashMap<>();
        json.properties()
            .forEach(
                entry -> map.put(entry.getKey(), value(schema.getValueType(), entry.getValue())));
        yield map;
      }
      case ARRAY -> {
        List<@Nullable Object> list = new ArrayList<>();
        json.forEach(element -> list.add(value(schema.getElementType(), element)));
        yield list;
      }
      case ENUM -> new GenericData.EnumSymbol(schema, json.asText());
      case STRING -> json.asText();
      case INT -> json.asInt();
      case LONG -> json.asLong();
      case FLOAT -> (float) json.asDouble();
      case DOUBLE -> json.asDouble();
      case BOOLEAN -> json.asBoolean();
      default -> throw new IllegalArgumentException("not in events: " + schema);
    };
  }
}
