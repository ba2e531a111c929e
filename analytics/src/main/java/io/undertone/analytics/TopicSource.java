package io.undertone.analytics;

import io.undertone.analytics.format.SingleObjectFormatFactory;
import io.undertone.schemas.registry.RegistryLogin;
import io.undertone.schemas.registry.SchemaRegistry;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the tables are read from.
 *
 * @param bootstrapServers a broker, or several separated by commas
 * @param clientProperties further properties of Kafka's clients, such as credentials
 * @param events topic of EmotionEvent
 * @param alerts topic of Alert; only queries on alerts need it
 * @param deadLetters topic of DeadLetter; only queries on dead letters need it
 * @param registry of schemas; null if no record is in Confluent's wire format
 */
public record TopicSource(
    String bootstrapServers,
    Map<String, String> clientProperties,
    String events,
    String alerts,
    String deadLetters,
    @Nullable SchemaRegistry registry) {
  private static final String CLIENT = "properties.";
  private static final String FORMAT = SingleObjectFormatFactory.IDENTIFIER + '.';

  /** The options of a table of one of the topics, in the names of Flink's Kafka connector. */
  Map<String, String> tableOptions(String topic) {
    Map<String, String> options = new HashMap<>();
    clientProperties.forEach((name, value) -> options.put(CLIENT + name, value));
    options.put(CLIENT + "bootstrap.servers", bootstrapServers);
    options.put("topic", topic);
    if (registry != null) {
      options.put(FORMAT + SingleObjectFormatFactory.SCHEMA_REGISTRY.key(), registry.url());
      RegistryLogin login = registry.login();
      if (login != null) {
        options.put(FORMAT + SingleObjectFormatFactory.option(login).key(), login.secret());
      }
    }
    return options;
  }
}
