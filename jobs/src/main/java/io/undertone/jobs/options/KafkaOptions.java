package io.undertone.jobs.options;

import java.util.List;
import java.util.Map;

/**
 * How the job reads from Kafka and writes to it.
 *
 * @param bootstrapServers host and port of some brokers, separated by commas
 * @param topics what is read and written
 * @param groupId the consumer group that offsets are committed for
 * @param startingOffsets where a job without a checkpoint begins to read
 * @param delivery how often an event stands in its topic
 * @param transactionalIdPrefix begin of the transactions' names; another for each running job
 * @param transactionTimeoutMs after which the broker gives an open transaction up
 * @param clientProperties what Kafka's own clients are told, such as how to log in
 */
public record KafkaOptions(
    String bootstrapServers,
    TopicNames topics,
    String groupId,
    StartingOffsets startingOffsets,
    Delivery delivery,
    String transactionalIdPrefix,
    int transactionTimeoutMs,
    Map<String, String> clientProperties) {

  private static final ValueType<String> NAME =
      ValueType.matching("[a-zA-Z0-9._-]+", "a name of letters, digits, dots, dashes, underscores");

  static final Option<String> BOOTSTRAP_SERVERS =
      new Option<>(
          "bootstrap-servers",
          "localhost:9092",
          "Kafka brokers, as host:port separated by commas",
          ValueType.matching(
              "[^\\s,:]+:\\d{1,5}(,[^\\s,:]+:\\d{1,5})*", "host:port, or several with commas"));
  static final Option<String> GROUP_ID =
      new Option<>("group-id", "undertone-emotion", "consumer group of the job", NAME);
  static final Option<StartingOffsets> STARTING_OFFSETS =
      new Option<>(
          "starting-offsets",
          "committed",
          "where a job without a checkpoint begins to read",
          ValueType.oneOf(StartingOffsets.class));
  static final Option<Delivery> DELIVERY =
      new Option<>(
          "delivery",
          "at-least-once",
          "exactly-once writes in transactions, seen at checkpoints only",
          ValueType.oneOf(Delivery.class));
  static final Option<String> TRANSACTIONAL_ID_PREFIX =
      new Option<>(
          "transactional-id-prefix",
          "undertone-emotion",
          "begin of the transactions' names; another for each running job",
          NAME);
  static final Option<Integer> TRANSACTION_TIMEOUT_MS =
      new Option<>(
          "transaction-timeout-ms",
          "900000",
          "after which the broker gives an open transaction up; at most its"
              + " transaction.max.timeout.ms",
          ValueType.wholeNumber(1000, Integer.MAX_VALUE));
  static final List<Option<?>> OPTIONS =
      List.of(
          BOOTSTRAP_SERVERS,
          GROUP_ID,
          STARTING_OFFSETS,
          DELIVERY,
          TRANSACTIONAL_ID_PREFIX,
          TRANSACTION_TIMEOUT_MS);

  static KafkaOptions from(OptionValues values) throws InvalidOptionException {
    return new KafkaOptions(
        values.get(BOOTSTRAP_SERVERS),
        TopicNames.from(values),
        values.get(GROUP_ID),
        values.get(STARTING_OFFSETS),
        values.get(DELIVERY),
        values.get(TRANSACTIONAL_ID_PREFIX),
        values.get(TRANSACTION_TIMEOUT_MS),
        values.kafkaProperties());
  }
}
