package io.undertone.model.torch.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * A JSON object of a file. A getter's field must be there and of the right type; otherwise a {@link
 * ModelFileException} names file, field, expectation and value. A field that is null counts as
 * absent.
 */
public final class JsonObject {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Path file;
  private final String prefix;
  private final JsonNode node;

  private JsonObject(Path file, String prefix, JsonNode node) {
    this.file = file;
    this.prefix = prefix;
    this.node = node;
    if (!node.isObject()) {
      throw new ModelFileException(
          file, (prefix.isEmpty() ? "content" : prefix) + " must be a JSON object");
    }
  }

  public static JsonObject read(Path file) {
    try {
      return new JsonObject(file, "", MAPPER.readTree(Files.readAllBytes(file)));
    } catch (NoSuchFileException e) {
      throw new ModelFileException(file, "file must exist", e);
    } catch (JsonProcessingException e) {
      throw new ModelFileException(file, "must be JSON, but " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new ModelFileException(file, "cannot be read: " + e.getMessage(), e);
    }
  }

  public Path file() {
    return file;
  }

  public boolean has(String field) {
    return node.hasNonNull(field);
  }

  /** The names of all fields, including those that are null. */
  public List<String> fields() {
    List<String> fields = new ArrayList<>();
    node.fieldNames().forEachRemaining(fields::add);
    return fields;
  }

  /** Refuses unknown fields: they are usually typos. */
  public void refuseOthersThan(List<String> known) {
    for (String field : fields()) {
      if (!known.contains(field)) {
        throw new ModelFileException(
            file, name(field) + " is unknown; the fields are " + String.join(", ", known));
      }
    }
  }

  public JsonObject object(String field) {
    return new JsonObject(file, name(field) + ".", required(field));
  }

  public List<JsonObject> objects(String field) {
    List<JsonObject> objects = new ArrayList<>();
    Iterator<JsonNode> elements = array(field).elements();
    while (elements.hasNext()) {
      String prefix = name(field) + "[" + objects.size() + "].";
      objects.add(new JsonObject(file, prefix, elements.next()));
    }
    return objects;
  }

  public String text(String field) {
    JsonNode value = required(field);
    if (!value.isTextual()) {
      throw wrong(field, "be a string");
    }
    return value.textValue();
  }

  /** Whether the field is a string. */
  public boolean isText(String field) {
    return node.path(field).isTextual();
  }

  /** A string, number or boolean as text. */
  public String scalar(String field) {
    JsonNode value = required(field);
    if (!value.isValueNode()) {
      throw wrong(field, "be a string, a number or a boolean");
    }
    return value.asText();
  }

  public List<String> texts(String field) {
    List<String> texts = new ArrayList<>();
    for (JsonNode element : array(field)) {
      if (!element.isTextual()) {
        throw wrong(field, "be a list of strings");
      }
      texts.add(element.textValue());
    }
    return texts;
  }

  public int integer(String field, int minimum) {
    JsonNode value = required(field);
    if (!value.canConvertToInt() || !value.isIntegralNumber() || value.intValue() < minimum) {
      throw wrong(field, "be an integer of at least " + minimum);
    }
    return value.intValue();
  }

  /** Token ids from 0 to {@code vocabularySize - 1}, at least one. */
  public int[] tokens(String field, int vocabularySize) {
    int[] tokens = integers(field);
    boolean odd = tokens.length == 0;
    for (int token : tokens) {
      odd |= token < 0 || token >= vocabularySize;
    }
    if (odd) {
      throw wrong(field, "be at least one token from 0 to " + (vocabularySize - 1));
    }
    return tokens;
  }

  public int[] integers(String field) {
    JsonNode values = array(field);
    int[] integers = new int[values.size()];
    for (int i = 0; i < integers.length; i++) {
      if (!values.get(i).canConvertToInt() || !values.get(i).isIntegralNumber()) {
        throw wrong(field, "be a list of integers");
      }
      integers[i] = values.get(i).intValue();
    }
    return integers;
  }

  /** A number of at least {@code minimum}. */
  public double number(String field, double minimum) {
    JsonNode value = required(field);
    if (!value.isNumber() || !(value.doubleValue() >= minimum)) {
      throw wrong(field, "be a number of at least " + minimum);
    }
    return value.doubleValue();
  }

  /** Any number. */
  public double number(String field) {
    return number(field, Double.NEGATIVE_INFINITY);
  }

  public float[] numbers(String field) {
    JsonNode values = array(field);
    float[] numbers = new float[values.size()];
    for (int i = 0; i < numbers.length; i++) {
      if (!values.get(i).isNumber()) {
        throw wrong(field, "be a list of numbers");
      }
      numbers[i] = values.get(i).floatValue();
    }
    return numbers;
  }

  /** A list of lists of numbers. */
  public List<float[]> numberLists(String field) {
    List<float[]> lists = new ArrayList<>();
    for (JsonObject row : rows(field)) {
      lists.add(row.numbers("row"));
    }
    return lists;
  }

  /** A list of lists of {@link #tokens}. */
  public List<int[]> tokenLists(String field, int vocabularySize) {
    List<int[]> lists = new ArrayList<>();
    for (JsonObject row : rows(field)) {
      lists.add(row.tokens("row", vocabularySize));
    }
    return lists;
  }

  /** Whether the field is absent, null, false, 0, or empty: a feature that is off. */
  public boolean isOff(String field) {
    JsonNode value = node.path(field);
    return value.isMissingNode()
        || value.isNull()
        || (value.isBoolean() && !value.booleanValue())
        || (value.isNumber() && value.doubleValue() == 0)
        || (value.isContainerNode() && value.isEmpty());
  }

  /** The exception for a bad value: "file: field must …, but is …". */
  public ModelFileException wrong(String field, String expectation) {
    return new ModelFileException(
        file, name(field) + " must " + expectation + ", but is " + node.path(field));
  }

  private List<JsonObject> rows(String field) {
    List<JsonObject> rows = new ArrayList<>();
    for (JsonNode row : array(field)) {
      rows.add(new JsonObject(file, name(field) + ".", MAPPER.createObjectNode().set("row", row)));
    }
    return rows;
  }

  private JsonNode array(String field) {
    JsonNode value = required(field);
    if (!value.isArray()) {
      throw wrong(field, "be a list");
    }
    return value;
  }

  private JsonNode required(String field) {
    if (!has(field)) {
      throw new ModelFileException(file, name(field) + " must be given");
    }
    return node.get(field);
  }

  private String name(String field) {
    return prefix + field;
  }
}
