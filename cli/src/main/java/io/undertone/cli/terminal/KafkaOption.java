package io.undertone.cli.terminal;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of commands that connect to a Kafka of the user's. */
public final class KafkaOption {
  private static final String PROPERTIES = "--client-properties";

  @Option(
      names = {"--bootstrap-servers", "--bootstrap"},
      required = true,
      paramLabel = "HOST:PORT",
      description = "A broker, or several separated by commas.")
  private String bootstrapServers = "";

  @Option(
      names = {PROPERTIES, "--kafka-properties"},
      paramLabel = "FILE",
      description = "Properties of Kafka's client, such as credentials.")
  private @Nullable Path properties;

  public String bootstrapServers() {
    return bootstrapServers;
  }

  /**
   * Properties of Kafka's client; empty without the option.
   *
   * @throws UserErrorException if the file cannot be read
   */
  public Map<String, String> properties() throws UserErrorException {
    return ClientPropertiesFile.read(PROPERTIES, properties);
  }
}
