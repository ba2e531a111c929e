package io.undertone.cli.rules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.undertone.cli.terminal.IoMessages;
import io.undertone.cli.terminal.JsonLines;
import io.undertone.cli.terminal.UserErrorException;
import io.undertone.schemas.EmotionEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Reads events from lines of JSON, the inverse of {@link JsonLines}. */
final class EventLines {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final SpecificData DATA = SpecificData.getForClass(EmotionEvent.class);

  private EventLines() {}

  static List<EmotionEvent> read(Path file) throws UserErrorException {
    List<EmotionEvent> events = new ArrayList<>();
    int number = 0;
    try {
      for (String line : Files.readAllLines(file)) {
        number++;
        if (!line.isBlank()) {
          events.add((EmotionEvent) record(JSON.readTree(line), EmotionEvent.getClassSchema()));
        }
      }
    } catch (JsonProcessingException e) {
      throw new UserErrorException(
          "--events %s:%d: not JSON: %s".formatted(file, number, e.getOriginalMessage()), e);
    } catch (IOException e) {
      throw new UserErrorException("--events cannot be read: " + IoMessages.of(e), e);
    } catch (AvroRuntimeException e) {
      throw new UserErrorException(
          "--events %s:%d: no event: %s".formatted(file, number, e.getMessage()), e);
    }
    return events;
  }

  private static SpecificRecord record(JsonNode node, Schema schema) {
    if (!node.isObject()) {
      throw new AvroRuntimeException(schema.getName() + " must be an object, but is " + node);
    }
    SpecificRecord made = (SpecificRecord) DATA.newRecord(null, schema);
    for (Schema.Field field : schema.getFields()) {
      JsonNode value = node.get(field.name());
      if (value == null && !field.hasDefaultValue()) {
        throw new AvroRuntimeException("it must have '" + field.name() + "'");
      }
      made.put(
          field.pos(),
          value == null ? DATA.getDefaultValue(field) : value(value, field.schema(), field.name()));
    }
    return made;
  }

  private static @Nullable Object value(JsonNode node, Schema schema, String name) {
    return switch (schema.getType()) {
      case UNION -> node.isNull() ? null : value(node, schema.getTypes().get(1), name);
      case RECORD -> record(node, schema);
      case ENUM -> DATA.createEnum(symbol(node.asText(), schema), schema);
      case ARRAY -> list(node, schema.getElementType(), name);
      case MAP -> map(node, schema.getValueType(), name);
      case STRING -> node.asText();
      case BOOLEAN -> node.asBoolean();
      default -> number(node, schema, name);
    };
  }

  private static Object number(JsonNode node, Schema schema, String name) {
    if (!node.isNumber()) {
      throw new AvroRuntimeException("'" + name + "' must be a number, but is " + node);
    }
    return switch (schema.getType()) {
      case INT -> node.intValue();
      case LONG -> node.longValue();
      case FLOAT -> node.floatValue();
      default -> node.doubleValue();
    };
  }

  private static String symbol(String symbol, Schema schema) {
    return schema.hasEnumSymbol(symbol) ? symbol : schema.getEnumDefault();
  }

  private static List<@Nullable Object> list(JsonNode node, Schema elements, String name) {
    List<@Nullable Object> list = new ArrayList<>();
    node.forEach(element -> list.add(value(element, elements, name)));
    return list;
  }

  private static Map<String, @Nullable Object> map(JsonNode node, Schema values, String name) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    node.properties().forEach(e -> map.put(e.getKey(), value(e.getValue(), values, name)));
    return map;
  }
}
