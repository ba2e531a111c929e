package io.undertone.jobs.options;

import static org.apache.flink.configuration.ConfigOptions.key;

import java.time.Duration;
import java.util.List;

/** How the job reads from Kafka and writes to it. */
public final class KafkaOptions {
  private static final Expectation<String> NAME =
      Expectation.matching(
          "[a-zA-Z0-9._-]+", "a name of letters, digits, dots, dashes, underscores");

  public static final JobOption<String> BOOTSTRAP_SERVERS =
      new JobOption<>(
          key("bootstrap-servers")
              .stringType()
              .defaultValue("localhost:9092")
              .withDescription("Kafka brokers, as host:port separated by commas."),
          Expectation.matching(
              "[^\\s,:]+:\\d{1,5}(,[^\\s,:]+:\\d{1,5})*", "host:port, or several with commas"));

  public static final JobOption<String> GROUP_ID =
      new JobOption<>(
          key("group-id")
              .stringType()
              .defaultValue("undertone-emotion")
              .withDescription("Consumer group; use another one for each running job."),
          NAME);

  public static final JobOption<StartingOffsets> STARTING_OFFSETS =
      new JobOption<>(
          key("starting-offsets")
              .enumType(StartingOffsets.class)
              .defaultValue(StartingOffsets.COMMITTED)
              .withDescription(
                  "Where a job without a checkpoint starts to read; committed starts at the"
                      + " earliest offset if the consumer group has none."),
          Expectation.oneOf(StartingOffsets.class));

  public static final JobOption<MissingRecords> MISSING_RECORDS =
      new JobOption<>(
          key("missing-records")
              .enumType(MissingRecords.class)
              .defaultValue(MissingRecords.SKIP)
              .withDescription(
                  "What to do if records expired or a topic was recreated before they were read:"
                      + " skip counts them and goes on, fail ends the job; trust is skip for a"
                      + " topic copied with its offsets."),
          Expectation.oneOf(MissingRecords.class));

  public static final JobOption<Delivery> DELIVERY =
      new JobOption<>(
          key("delivery")
              .enumType(Delivery.class)
              .defaultValue(Delivery.AT_LEAST_ONCE)
              .withDescription(
                  "Delivery guarantee; exactly-once writes in Kafka transactions, which become"
                      + " visible at each checkpoint."),
          Expectation.oneOf(Delivery.class));

  public static final JobOption<String> TRANSACTIONAL_ID_PREFIX =
      new JobOption<>(
          key("transactional-id-prefix")
              .stringType()
              .defaultValue("undertone-emotion")
              .withDescription(
                  "Prefix of Kafka's transactional ids; use another one for each running job."),
          NAME);

  public static final JobOption<Duration> TRANSACTION_TIMEOUT =
      new JobOption<>(
          key("transaction-timeout")
              .durationType()
              .defaultValue(Duration.ofMinutes(15))
              .withDeprecatedKeys("transaction-timeout-ms")
              .withDescription(
                  "When the broker aborts an open transaction; at most the broker's"
                      + " transaction.max.timeout.ms."),
          Expectation.duration(Duration.ofSeconds(1), Duration.ofDays(24)));

  public static final JobOption<String> AUDIO_TOPIC =
      topic("audio-topic", TopicNames.DEFAULT.audioChunks(), "Topic of the audio chunks; input.");

  public static final JobOption<String> CONTROL_TOPIC =
      topic(
          "control-topic",
          TopicNames.DEFAULT.control(),
          "Topic of requests to erase calls; input.");

  public static final JobOption<String> EVENTS_TOPIC =
      topic("events-topic", TopicNames.DEFAULT.events(), "Topic of the emotion events; output.");

  public static final JobOption<String> DEAD_LETTERS_TOPIC =
      topic(
          "dead-letters-topic",
          TopicNames.DEFAULT.deadLetters(),
          "Topic of records that the job cannot use; output.");

  public static final JobOption<String> LATE_TOPIC =
      topic("late-topic", TopicNames.DEFAULT.late(), "Topic of late chunks; output.");

  public static final JobOption<String> AUDIT_TOPIC =
      topic("audit-topic", TopicNames.DEFAULT.audit(), "Topic of erased calls; output.");

  public static final JobOption<String> ALERT_RULES_TOPIC =
      topic(
          "alert-rules-topic",
          TopicNames.DEFAULT.alertRules(),
          "Topic of changes of alert rules; input.");

  public static final JobOption<String> ALERTS_TOPIC =
      topic("alerts-topic", TopicNames.DEFAULT.alerts(), "Topic of alerts; output.");

  public static final JobOption<String> CONTACT_LENS_TOPIC =
      new JobOption<>(
          key("contact-lens-topic")
              .stringType()
              .defaultValue("")
              .withDescription(
                  "Topic of ended calls as JSON documents with the names of Amazon Connect Contact"
                      + " Lens, such as undertone.contact-lens.v1; output. Empty writes none."),
          Expectation.matching(
              "[a-zA-Z0-9._-]{0,249}",
              "a topic name of letters, digits, dots, dashes, underscores, or empty"));

  public static final JobOption<String> SCHEMA_REGISTRY =
      new JobOption<>(
          key("schema-registry")
              .stringType()
              .defaultValue("")
              .withDescription(
                  "URL of a schema registry with Confluent's API; output topics are then written in"
                      + " Confluent's wire format. Empty writes Avro's single-object encoding."),
          Expectation.matching("(https?://\\S+)?", "a URL of http or https, or empty"));

  static final List<JobOption<?>> ALL =
      List.of(
          BOOTSTRAP_SERVERS,
          GROUP_ID,
          STARTING_OFFSETS,
          MISSING_RECORDS,
          DELIVERY,
          TRANSACTIONAL_ID_PREFIX,
          TRANSACTION_TIMEOUT,
          AUDIO_TOPIC,
          CONTROL_TOPIC,
          EVENTS_TOPIC,
          DEAD_LETTERS_TOPIC,
          LATE_TOPIC,
          AUDIT_TOPIC,
          ALERT_RULES_TOPIC,
          ALERTS_TOPIC,
          CONTACT_LENS_TOPIC,
          SCHEMA_REGISTRY);

  private KafkaOptions() {}

  private static JobOption<String> topic(String name, String defaultTopic, String description) {
    return new JobOption<>(
        key(name).stringType().defaultValue(defaultTopic).withDescription(description),
        Expectation.matching(
            "[a-zA-Z0-9._-]{1,249}", "a topic name of letters, digits, dots, dashes, underscores"));
  }
}
