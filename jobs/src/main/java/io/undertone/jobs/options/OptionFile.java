package io.undertone.jobs.options;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.flink.configuration.YamlParserUtils;

/** Options in a file: one name and value a line, as properties or as flat YAML. */
final class OptionFile {

  private OptionFile() {}

  static Map<String, String> read(Path file) throws InvalidOptionException {
    if (!Files.isReadable(file)) {
      throw new InvalidOptionException(
          "--options must name a readable file, but is '" + file + "'");
    }
    String name = file.getFileName().toString();
    if (name.endsWith(".properties")) {
      return readProperties(file);
    }
    if (name.endsWith(".yaml") || name.endsWith(".yml")) {
      return readYaml(file);
    }
    throw new InvalidOptionException(
        "--options must name a file that ends in .properties, .yaml or .yml, but is '"
            + file
            + "'");
  }

  private static Map<String, String> readProperties(Path file) throws InvalidOptionException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw notReadable(file, e);
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (String key : properties.stringPropertyNames()) {
      values.put(key, properties.getProperty(key).strip());
    }
    return values;
  }

  private static Map<String, String> readYaml(Path file) throws InvalidOptionException {
    Map<String, Object> yaml;
    try {
      yaml = YamlParserUtils.loadYamlFile(file.toFile());
    } catch (Exception e) { // as the signature of loadYamlFile() has it
      throw notReadable(file, e);
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (Map.Entry<String, Object> entry : yaml.entrySet()) {
      values.put(entry.getKey(), text(file, entry.getKey(), entry.getValue()));
    }
    return values;
  }

  private static String text(Path file, String key, Object value) throws InvalidOptionException {
    if (value instanceof Map<?, ?>) {
      throw new InvalidOptionException(
          key + " in " + file + " must be one value on one line, but has values below it");
    }
    if (value instanceof List<?> list) {
      return list.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
    return String.valueOf(value);
  }

  private static InvalidOptionException notReadable(Path file, Exception cause) {
    return new InvalidOptionException("the options in " + file + " cannot be read: " + cause);
  }
}
