package io.undertone.cli.terminal;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A file with properties of Kafka's client, in the format of Kafka's own tools. */
public final class ClientPropertiesFile {

  private ClientPropertiesFile() {}

  /**
   * The properties in a file; none without a file.
   *
   * @param option that names the file
   * @throws UserErrorException if it is no readable file of properties
   */
  public static Map<String, String> read(String option, @Nullable Path file)
      throws UserErrorException {
    if (file == null) {
      return Map.of();
    }
    try (Reader reader = Files.newBufferedReader(file)) {
      Properties properties = new Properties();
      properties.load(reader);
      return properties.stringPropertyNames().stream()
          .collect(Collectors.toMap(Function.identity(), properties::getProperty));
    } catch (IOException | IllegalArgumentException e) {
      throw new UserErrorException(
          option + " must name a readable file of properties, but is " + file, e);
    }
  }
}
