package io.undertone.jobs.options;

import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.FallbackKey;
import org.apache.flink.configuration.description.HtmlFormatter;

/** An option of the job: one of Flink's typed options, and which of its values the job accepts. */
public final class JobOption<T> {
  private final ConfigOption<T> config;
  private final Expectation<T> expectation;

  JobOption(ConfigOption<T> config, Expectation<T> expectation) {
    this.config = config;
    this.expectation = expectation;
  }

  /** In kebab-case, without the two dashes. */
  public String name() {
    return config.key();
  }

  /** Deprecated names, which still work. */
  public List<String> oldNames() {
    return StreamSupport.stream(config.fallbackKeys().spliterator(), false)
        .map(FallbackKey::getKey)
        .toList();
  }

  /** What the option does, in one or two sentences. */
  public String description() {
    return new HtmlFormatter().format(config.description());
  }

  /** Completes the sentence "the value must be …". */
  public String expectation() {
    return expectation.words();
  }

  /** The default in the form in which users write it; may be empty. */
  public String defaultText() {
    return Expectation.text(config.defaultValue());
  }

  T get(Configuration values) {
    return values.get(config);
  }

  /**
   * Sets a value in code.
   *
   * @throws IllegalArgumentException if the job does not accept the value
   */
  void set(T value, Configuration values) {
    if (!expectation.accepts().test(value)) {
      throw new IllegalArgumentException(refusal(Expectation.text(value)));
    }
    values.set(config, value);
  }

  /** Sets a value that a user wrote. */
  void parse(String text, Configuration values) throws InvalidOptionException {
    try {
      set(Configuration.fromMap(Map.of(config.key(), flinkText(text))).get(config), values);
    } catch (IllegalArgumentException e) {
      throw new InvalidOptionException(refusal(text), e);
    }
  }

  /** Flink separates the elements of a list by semicolons. */
  private String flinkText(String text) {
    return config.defaultValue() instanceof List<?> ? text.replace(',', ';') : text;
  }

  private String refusal(String value) {
    return "--%s must be %s, but is '%s'".formatted(name(), expectation(), value);
  }
}
