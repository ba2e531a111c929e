package io.undertone.model.torch.tokenizer;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.undertone.model.torch.files.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * {@value FsqSpeechTokenizer#CONFIG_FILE}: {@code {"format": "undertone-fsq-1", "width": 160,
 * "dilations": [1, 2], "levels": [8, 5, 5, 5]}}.
 */
public final class EncoderConfigFile {

  private static final String FORMAT = "undertone-fsq-1";
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private EncoderConfigFile() {}

  /** Reads the file of a model's directory. */
  public static EncoderConfig ofModel(Path directory) {
    return read(directory.resolve(FsqSpeechTokenizer.CONFIG_FILE));
  }

  static EncoderConfig read(Path file) {
    JsonObject json = JsonObject.read(file);
    if (!json.text("format").equals(FORMAT)) {
      throw json.wrong("format", "be '" + FORMAT + "'");
    }
    return new EncoderConfig(
        json.integer("width", 1), json.integers("dilations"), json.integers("levels"));
  }

  static void write(EncoderConfig config, Path file) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("format", FORMAT);
    json.put("width", config.width());
    json.set("dilations", MAPPER.valueToTree(config.dilations()));
    json.set("levels", MAPPER.valueToTree(config.levels()));
    try {
      MAPPER.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
