package io.undertone.cli.terminal;

import io.undertone.analytics.topics.TopicReader;
import io.undertone.jobs.kafka.ClientProperties;
import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.jobs.kafka.Topics;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
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

  /**
   * A reader of topics, which must exist.
   *
   * @throws UserErrorException if the file of properties cannot be read
   * @throws TopicUnavailableException within seconds, if the broker or a topic is missing
   */
  public TopicReader reader(Collection<String> topics)
      throws UserErrorException, TopicUnavailableException {
    Map<String, String> client = properties();
    try (Topics broker = Topics.at(bootstrapServers, client)) {
      broker.require(topics);
    }
    return new TopicReader(
        bootstrapServers, ClientProperties.of(client, ConsumerConfig.configNames()));
  }
}
