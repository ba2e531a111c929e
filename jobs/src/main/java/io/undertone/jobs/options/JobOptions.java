package io.undertone.jobs.options;

import static io.undertone.jobs.options.Expectation.text;
import static org.apache.kafka.clients.producer.ProducerConfig.BUFFER_MEMORY_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.MAX_REQUEST_SIZE_CONFIG;

import io.undertone.alerts.rules.Hearing;
import io.undertone.model.EmotionPrior;
import io.undertone.model.torch.device.DeviceChoice;
import io.undertone.operators.chunk.LetterBuilder;
import io.undertone.schemas.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ConfigurationUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The values of the job's options; those that were not set have their defaults. Immutable. */
public final class JobOptions {
  /** With more failed checkpoints in a row, the job restarts from the last complete one. */
  public static final int TOLERATED_FAILED_CHECKPOINTS = 3;

  private static final Logger LOG = LoggerFactory.getLogger(JobOptions.class);

  /** Options with this prefix are properties of Kafka's own clients. */
  static final String KAFKA_PREFIX = "kafka.";

  private static final List<JobOption<?>> ALL =
      Stream.of(
              KafkaOptions.ALL,
              AnalysisOptions.ALL,
              LimitOptions.ALL,
              AlertRuleOptions.ALL,
              RuntimeOptions.ALL)
          .<JobOption<?>>flatMap(List::stream)
          .toList();

  private final Configuration values;

  private JobOptions(Configuration values) {
    this.values = values;
  }

  public static JobOptions defaults() {
    return new JobOptions(new Configuration());
  }

  /**
   * Reads {@code --name value} or {@code --name=value}. {@code --options FILE} names a file with
   * more options; the command line overrides the file.
   *
   * @throws InvalidOptionException for an unknown option, or a value that the job does not accept
   */
  public static JobOptions parse(String... arguments) throws InvalidOptionException {
    Map<String, String> texts = new OptionReader(ALL, LOG::warn).read(List.of(arguments));
    Configuration values = new Configuration();
    for (JobOption<?> option : ALL) {
      String text = texts.remove(option.name());
      if (text != null) {
        option.parse(text, values);
      }
    }
    texts.forEach(values::setString);
    return new JobOptions(values).checked();
  }

  /**
   * Arguments of the same meaning that name no file of options: for a program on another machine.
   *
   * @throws InvalidOptionException for an unknown option, or a file that cannot be read
   */
  public static List<String> withoutFile(List<String> arguments) throws InvalidOptionException {
    return new OptionReader(ALL, LOG::warn)
        .read(arguments).entrySet().stream()
            .map(option -> "--" + option.getKey() + "=" + option.getValue())
            .toList();
  }

  /** All options of the job, in the order of the documentation. */
  public static List<JobOption<?>> all() {
    return ALL;
  }

  /** Each option with its description, what it accepts, and its default. */
  public static String help() {
    String each = ALL.stream().map(JobOptions::helpOf).collect(Collectors.joining());
    return """
    Options of the emotion job, as --name value or --name=value, or as name: value in a file.
    A duration has a unit, such as 500ms, 10s, 5min, 1h or 7d; without one it is in milliseconds.
    A memory size has a unit, such as 64kb, 256mb or 1gb; without one it is in bytes.

      --options FILE
          a .properties or flat .yaml file with more options; the command line overrides it
      --kafka.PROPERTY VALUE
          a property of Kafka's own clients, such as --kafka.security.protocol SASL_SSL
    """
        + each;
  }

  /** These options with another value. */
  public <T> JobOptions with(JobOption<T> option, T value) {
    Configuration changed = new Configuration(values);
    option.set(value, changed);
    return new JobOptions(changed);
  }

  public <T> T get(JobOption<T> option) {
    return option.get(values);
  }

  public TopicNames topics() {
    return new TopicNames(
        get(KafkaOptions.AUDIO_TOPIC),
        get(KafkaOptions.CONTROL_TOPIC),
        get(KafkaOptions.EVENTS_TOPIC),
        get(KafkaOptions.DEAD_LETTERS_TOPIC),
        get(KafkaOptions.LATE_TOPIC),
        get(KafkaOptions.AUDIT_TOPIC),
        get(KafkaOptions.ALERT_RULES_TOPIC),
        get(KafkaOptions.ALERTS_TOPIC),
        get(KafkaOptions.CONTACT_LENS_TOPIC));
  }

  /** The device that computes. */
  public DeviceChoice device() {
    return DeviceChoice.parse(get(AnalysisOptions.DEVICE));
  }

  /** How probable each emotion is before anything is known of an utterance. */
  public EmotionPrior prior() {
    return EmotionPrior.parse(get(AnalysisOptions.PRIOR));
  }

  /** The alert rules of the options, as YAML. */
  public String alertRules() {
    try {
      return AlertRuleOptions.yaml(this);
    } catch (InvalidOptionException e) {
      throw new IllegalStateException("the rules have changed since they were checked", e);
    }
  }

  /** Whether interruptions can be told. */
  public Hearing hearing() {
    Set<Role> heard = new HashSet<>(get(AnalysisOptions.ROLES));
    heard.addAll(get(AnalysisOptions.ACTIVITY_ROLES));
    return heard.containsAll(Set.of(Role.CUSTOMER, Role.AGENT))
        ? Hearing.BOTH_SIDES
        : Hearing.ONE_SIDE;
  }

  /** The longest time from a failure to the restart. */
  public Duration longestRestartDelay() {
    Duration first = get(RuntimeOptions.RESTART_DELAY);
    Duration longest = get(RuntimeOptions.RESTART_LONGEST_DELAY);
    boolean grows = get(RuntimeOptions.RESTART_MOST_FAILURES) == 0;
    return grows && longest.compareTo(first) > 0 ? longest : first;
  }

  /** Properties of Kafka's own clients, by their own names. */
  public Map<String, String> kafkaClientProperties() {
    return ConfigurationUtils.getPrefixedKeyValuePairs(KAFKA_PREFIX, values);
  }

  /** Refuses options that do not fit each other. */
  private JobOptions checked() throws InvalidOptionException {
    List<String> topics = topics().all();
    if (Set.copyOf(topics).size() < topics.size()) {
      // The job would read its own output, without end.
      throw new InvalidOptionException("the topics must differ, but are " + topics);
    }
    checkRoles();
    int parallelism = get(RuntimeOptions.PARALLELISM);
    int maxParallelism = get(RuntimeOptions.MAX_PARALLELISM);
    if (parallelism > maxParallelism) {
      throw new InvalidOptionException(
          "--parallelism must be at most --max-parallelism = %d, but is %d"
              .formatted(maxParallelism, parallelism));
    }
    checkTransactionTimeout();
    AlertRuleOptions.yaml(this);
    for (String property : List.of(MAX_REQUEST_SIZE_CONFIG, BUFFER_MEMORY_CONFIG)) {
      requireRoomForLetters(property);
    }
    return this;
  }

  private void checkRoles() throws InvalidOptionException {
    List<Role> both = new ArrayList<>(get(AnalysisOptions.ACTIVITY_ROLES));
    both.retainAll(get(AnalysisOptions.ROLES));
    if (!both.isEmpty()) {
      throw new InvalidOptionException(
          "--activity-roles must name no role of --roles, but both name " + text(both));
    }
  }

  /**
   * A transaction is open from a checkpoint until the next complete one, and until a job that fails
   * right after that one has restarted and commits it. The broker aborts it if that takes longer
   * than its timeout.
   */
  private void checkTransactionTimeout() throws InvalidOptionException {
    Duration longest =
        get(RuntimeOptions.CHECKPOINT_INTERVAL)
            .plus(get(RuntimeOptions.CHECKPOINT_TIMEOUT))
            .multipliedBy(TOLERATED_FAILED_CHECKPOINTS + 1L)
            .plus(longestRestartDelay());
    Duration timeout = get(KafkaOptions.TRANSACTION_TIMEOUT);
    if (get(KafkaOptions.DELIVERY) == Delivery.EXACTLY_ONCE && timeout.compareTo(longest) <= 0) {
      throw new InvalidOptionException(
          ("--transaction-timeout must be more than %d x (--checkpoint-interval plus"
                  + " --checkpoint-timeout) plus the longest delay of a restart = %s, or events are"
                  + " lost, but is %s")
              .formatted(TOLERATED_FAILED_CHECKPOINTS + 1, text(longest), text(timeout)));
    }
  }

  /** A producer refuses a larger record, which would fail the job again and again. */
  private void requireRoomForLetters(String property) throws InvalidOptionException {
    String bytes = kafkaClientProperties().get(property);
    if (bytes != null && !isAtLeast(LetterBuilder.MAX_LETTER_BYTES, bytes)) {
      throw new InvalidOptionException(
          "--kafka.%s must be at least %d bytes, the size of the largest dead letter, but is '%s'"
              .formatted(property, LetterBuilder.MAX_LETTER_BYTES, bytes));
    }
  }

  private static boolean isAtLeast(int least, String number) {
    try {
      return Long.parseLong(number.strip()) >= least;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static String helpOf(JobOption<?> option) {
    return "  --%s VALUE%n      %s%n      %s; default: %s%n"
        .formatted(
            option.name(),
            option.description(),
            option.expectation(),
            option.defaultText().isEmpty() ? "empty" : option.defaultText());
  }
}
