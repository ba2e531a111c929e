package io.undertone.jobs.options;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.YamlParserUtils;
import org.apache.flink.util.ParameterTool;

/** Options in a file, one a line: properties, or YAML without nesting. */
final class OptionFile {

  private OptionFile() {}

  /** The options as arguments of a command line. */
  static List<String> arguments(Path file) throws InvalidOptionException {
    if (!Files.isReadable(file)) {
      throw new InvalidOptionException(
          "--options must name a readable file, but is '" + file + "'");
    }
    List<String> arguments = new ArrayList<>();
    for (Map.Entry<String, ?> entry : read(file).entrySet()) {
      arguments.add("--" + entry.getKey() + "=" + text(file, entry.getKey(), entry.getValue()));
    }
    return arguments;
  }

  private static Map<String, ?> read(Path file) throws InvalidOptionException {
    String name = file.getFileName().toString();
    try {
      if (name.endsWith(".properties")) {
        return ParameterTool.fromPropertiesFile(file.toFile()).toMap();
      }
      if (name.endsWith(".yaml") || name.endsWith(".yml")) {
        return YamlParserUtils.loadYamlFile(file.toFile());
      }
    } catch (Exception e) { // as declared by loadYamlFile()
      throw new InvalidOptionException("the options in " + file + " cannot be read: " + e, e);
    }
    throw new InvalidOptionException(
        "--options must name a .properties, .yaml or .yml file, but is '" + file + "'");
  }

  private static String text(Path file, String name, Object value) throws InvalidOptionException {
    if (value instanceof Map<?, ?>) {
      throw new InvalidOptionException(
          name + " in " + file + " must be one value on one line, but has values below it");
    }
    return value instanceof List<?> list ? Expectation.text(list) : String.valueOf(value).strip();
  }
}
