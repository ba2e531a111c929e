package io.undertone.model.torch.tokenizer;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.undertone.model.torch.features.StackedFeatures;
import io.undertone.model.torch.features.WhisperFeaturesConfig;
import io.undertone.model.torch.files.JsonObject;
import io.undertone.model.torch.files.ModelFileException;
import io.undertone.model.torch.tokenizer.TokenizerConfig.WhisperInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads and writes {@value FsqSpeechTokenizer#CONFIG_FILE}. With acoustic features:
 *
 * <pre>
 * {"format": "undertone-fsq-1", "width": 160, "dilations": [1, 2], "levels": [8, 5, 5, 5]}
 * </pre>
 *
 * With a pretrained encoder in the subdirectory {@code encoder}:
 *
 * <pre>
 * {"format": "undertone-fsq-2", "sampleRateHz": 8000, "encoder": "encoder", "tokenLayers": [2, 4],
 *  "statisticsLayers": [2, 3, 4], "inputWidth": 1024, "width": 160, "dilations": [1, 2],
 *  "levels": [8, 5, 5, 5]}
 * </pre>
 */
public final class TokenizerConfigFile {

  private static final String ACOUSTIC = "undertone-fsq-1";
  private static final String WHISPER = "undertone-fsq-2";
  private static final List<String> WHISPER_FIELDS =
      List.of(
          "format",
          "sampleRateHz",
          "encoder",
          "tokenLayers",
          "statisticsLayers",
          "inputWidth",
          "width",
          "dilations",
          "levels");
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private TokenizerConfigFile() {}

  /**
   * Reads the file of a model's directory.
   *
   * @throws ModelFileException if it is missing or invalid
   */
  public static TokenizerConfig read(Path directory) {
    JsonObject json = JsonObject.read(directory.resolve(FsqSpeechTokenizer.CONFIG_FILE));
    return switch (json.text("format")) {
      case ACOUSTIC -> TokenizerConfig.acoustic(network(json, StackedFeatures.WIDTH));
      case WHISPER -> whisper(json);
      default -> throw json.wrong("format", "be '%s' or '%s'".formatted(ACOUSTIC, WHISPER));
    };
  }

  private static TokenizerConfig whisper(JsonObject json) {
    json.refuseOthersThan(WHISPER_FIELDS);
    EncoderConfig network = network(json, json.integer("inputWidth", 1));
    try {
      WhisperFeaturesConfig features =
          new WhisperFeaturesConfig(
              json.integer("sampleRateHz", 1),
              layers(json, "tokenLayers"),
              layers(json, "statisticsLayers"));
      return new TokenizerConfig(
          network, Optional.of(new WhisperInput(subdirectory(json), features)));
    } catch (IllegalArgumentException e) {
      throw new ModelFileException(json.file(), e);
    }
  }

  private static EncoderConfig network(JsonObject json, int inputWidth) {
    return new EncoderConfig(
        inputWidth, json.integer("width", 1), json.integers("dilations"), json.integers("levels"));
  }

  private static List<Integer> layers(JsonObject json, String field) {
    return Arrays.stream(json.integers(field)).boxed().toList();
  }

  private static String subdirectory(JsonObject json) {
    String name = json.text("encoder");
    if (!name.matches("\\w[\\w.-]*")) {
      throw json.wrong("encoder", "name a subdirectory of the model");
    }
    return name;
  }

  static void write(TokenizerConfig config, Path directory) {
    EncoderConfig network = config.network();
    ObjectNode json = MAPPER.createObjectNode();
    json.put("format", config.input().isEmpty() ? ACOUSTIC : WHISPER);
    config
        .input()
        .ifPresent(
            input -> {
              json.put("sampleRateHz", input.features().sampleRateHz());
              json.put("encoder", input.directory());
              json.set("tokenLayers", MAPPER.valueToTree(input.features().tokenLayers()));
              json.set("statisticsLayers", MAPPER.valueToTree(input.features().statisticsLayers()));
              json.put("inputWidth", network.inputWidth());
            });
    json.put("width", network.width());
    json.set("dilations", MAPPER.valueToTree(network.dilations()));
    json.set("levels", MAPPER.valueToTree(network.levels()));
    Path file = directory.resolve(FsqSpeechTokenizer.CONFIG_FILE);
    try {
      MAPPER.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
