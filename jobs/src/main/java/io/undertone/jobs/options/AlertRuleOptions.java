package io.undertone.jobs.options;

import static org.apache.flink.configuration.ConfigOptions.key;

import io.undertone.alerts.rules.AlertRules;
import io.undertone.alerts.rules.InvalidRulesException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Which alerts the job raises. */
public final class AlertRuleOptions {
  private static final String DEFAULT = "default";
  private static final String NONE = "none";

  public static final JobOption<String> ALERT_RULES =
      new JobOption<>(
          key("alert-rules")
              .stringType()
              .defaultValue(DEFAULT)
              .withDescription(
                  "File of alert rules; default has those that come with Undertone, none has none."
                      + " The topic of alert rules changes them while the job runs."),
          Expectation.matching(".+", "a file of rules, " + DEFAULT + " or " + NONE));

  public static final JobOption<Duration> ALERT_LATENESS =
      new JobOption<>(
          key("alert-lateness")
              .durationType()
              .defaultValue(Duration.ofSeconds(15))
              .withDescription(
                  "How much later than the end of its utterance an event may come. What follows"
                      + " from silence is told later by this and --max-utterance."),
          Expectation.duration(Duration.ZERO, Duration.ofHours(1)));

  static final List<JobOption<?>> ALL = List.of(ALERT_RULES, ALERT_LATENESS);

  private AlertRuleOptions() {}

  /**
   * The rules of the options, as YAML.
   *
   * @throws InvalidOptionException if the file cannot be read, or has rules that cannot be used
   */
  static String yaml(JobOptions options) throws InvalidOptionException {
    String named = options.get(ALERT_RULES);
    if (named.equals(NONE)) {
      return "";
    }
    if (named.equals(DEFAULT)) {
      return AlertRules.defaultYaml();
    }
    try {
      String yaml = Files.readString(Path.of(named));
      AlertRules.parse(yaml, options.hearing());
      return yaml;
    } catch (IOException e) {
      throw new InvalidOptionException("--alert-rules cannot be read: " + e, e);
    } catch (InvalidRulesException e) {
      throw new InvalidOptionException(
          "--alert-rules %s cannot be used:%n%s".formatted(named, e.getMessage()), e);
    }
  }
}
