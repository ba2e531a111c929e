package io.undertone.analytics;

import java.util.HashMap;
import java.util.Map;

/**
 * Where the tables are read from.
 *
 * @param bootstrapServers a broker, or several separated by commas
 * @param clientProperties further properties of Kafka's clients, such as credentials
 * @param events topic of EmotionEvent
 * @param alerts topic of Alert; only queries on alerts need it
 * @param deadLetters topic of DeadLetter; only queries on dead letters need it
 */
public record TopicSource(
    String bootstrapServers,
    Map<String, String> clientProperties,
    String events,
    String alerts,
    String deadLetters) {
  private static final String CLIENT = "properties.";

  /** The options of a table of one of the topics, in the names of Flink's Kafka connector. */
  Map<String, String> tableOptions(String topic) {
    Map<String, String> options = new HashMap<>();
    clientProperties.forEach((name, value) -> options.put(CLIENT + name, value));
    options.put(CLIENT + "bootstrap.servers", bootstrapServers);
    options.put("topic", topic);
    return options;
  }
}
