package io.undertone.model.torch.tokenizer;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.undertone.model.torch.files.JsonObject;
import io.undertone.model.torch.files.ModelFileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/**
 * {@value TokenClassifier#CONFIG_FILE}: {@code {"schema": 1, "levels": [8, 5, 5, 5], "width": 160,
 * "gruWidth": 96, "labels": ["hap", "sad", "ang", "neu", "fear"]}}.
 */
final class ClassifierConfigFile {

  private static final int SCHEMA = 1;
  private static final List<String> FIELDS =
      List.of("schema", "levels", "width", "gruWidth", "labels");
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private ClassifierConfigFile() {}

  static ClassifierConfig read(Path file) {
    JsonObject json = JsonObject.read(file);
    if (json.integer("schema", 0) != SCHEMA) {
      throw json.wrong("schema", "be " + SCHEMA);
    }
    json.refuseOthersThan(FIELDS);
    try {
      return new ClassifierConfig(
          json.integers("levels"),
          json.integer("width", 1),
          json.integer("gruWidth", 1),
          json.texts("labels"));
    } catch (IllegalArgumentException e) {
      throw new ModelFileException(file, e);
    }
  }

  static void write(ClassifierConfig config, Path file) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("schema", SCHEMA);
    json.set("levels", MAPPER.valueToTree(config.levels()));
    json.put("width", config.width());
    json.put("gruWidth", config.gruWidth());
    json.set("labels", MAPPER.valueToTree(config.labels()));
    try {
      MAPPER.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
