package io.undertone.jobs.options;

import io.undertone.schemas.registry.RegistryLogin;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reads options from a command line, and from the file that it names. */
final class OptionReader {
  private static final String FILE = "--options";
  private static final String DASHES = "--";

  /** Kafka's clients do not list the settings of config providers, whose names users choose. */
  private static final String PROVIDERS =
      DASHES + JobOptions.KAFKA_PREFIX + AbstractConfig.CONFIG_PROVIDERS_CONFIG;

  private final List<JobOption<?>> options;
  private final Consumer<String> warnings;

  /**
   * @param warnings receives a line for each deprecated name
   */
  OptionReader(List<JobOption<?>> options, Consumer<String> warnings) {
    this.options = options;
    this.warnings = warnings;
  }

  /** The values as texts, by the options' names without dashes. */
  Map<String, String> read(List<String> arguments) throws InvalidOptionException {
    Map<String, String> commandLine = parse(arguments, spec(arguments).addOption(option(FILE)));
    commandLine.forEach(this::warnOfSecret);
    String file = commandLine.remove(withoutDashes(FILE));
    if (file == null) {
      return commandLine;
    }
    List<String> inFile = OptionFile.arguments(Path.of(file));
    Map<String, String> values = parse(inFile, spec(inFile));
    values.putAll(commandLine);
    return values;
  }

  private Map<String, String> parse(List<String> arguments, CommandSpec spec)
      throws InvalidOptionException {
    try {
      return values(
          new CommandLine(spec)
              .setExpandAtFiles(false)
              .parseArgs(arguments.toArray(String[]::new)));
    } catch (UnmatchedArgumentException e) {
      throw new InvalidOptionException(
          unknown(nameOf(e.getUnmatched().get(0)), spec.optionsMap().keySet()), e);
    } catch (ParameterException e) {
      throw new InvalidOptionException(String.valueOf(e.getMessage()), e);
    }
  }

  private Map<String, String> values(ParseResult parsed) {
    Map<String, String> values = new LinkedHashMap<>();
    for (OptionSpec option : parsed.matchedOptions()) {
      String name = option.names()[0];
      values.put(withoutDashes(name), option.getValue());
      parsed.originalArgs().stream()
          .map(OptionReader::nameOf)
          .filter(given -> !given.equals(name) && List.of(option.names()).contains(given))
          .forEach(old -> warnings.accept(old + " is deprecated: use " + name));
    }
    return values;
  }

  /** Warns of a password as it is; Kafka's own definitions say which properties are secret. */
  private void warnOfSecret(String name, String value) {
    if (!name.startsWith(JobOptions.KAFKA_PREFIX) || value.contains("${")) {
      return;
    }
    String property = name.substring(JobOptions.KAFKA_PREFIX.length());
    if (isSecret(property)) {
      warnings.accept(
          DASHES
              + name
              + " on a command line shows the secret in Flink's configuration and in process"
              + " lists: refer to a file instead, as ${file:/PATH:KEY}");
    }
  }

  private static boolean isSecret(String property) {
    ConfigDef.ConfigKey key = ProducerConfig.configDef().configKeys().get(property);
    return RegistryLogin.PROPERTIES.contains(property)
        || (key != null && key.type == ConfigDef.Type.PASSWORD);
  }

  /** All options, and those of the config providers that some arguments name. */
  private CommandSpec spec(List<String> arguments) {
    CommandSpec spec = CommandSpec.create();
    for (JobOption<?> option : options) {
      spec.addOption(
          option(
              Stream.concat(Stream.of(option.name()), option.oldNames().stream())
                  .map(DASHES::concat)
                  .toArray(String[]::new)));
    }
    Stream.concat(
            Stream.of(
                    ConsumerConfig.configNames(),
                    ProducerConfig.configNames(),
                    RegistryLogin.PROPERTIES)
                .flatMap(Set::stream)
                .map(name -> DASHES + JobOptions.KAFKA_PREFIX + name),
            arguments.stream().map(OptionReader::nameOf).filter(OptionReader::isOfProviders))
        .distinct()
        .forEach(name -> spec.addOption(option(name)));
    return spec;
  }

  private static boolean isOfProviders(String name) {
    return (name + ".").startsWith(PROVIDERS + ".");
  }

  private static OptionSpec option(String... names) {
    return OptionSpec.builder(names).type(String.class).paramLabel("VALUE").build();
  }

  private static String unknown(String name, Set<String> known) {
    if (!name.startsWith(DASHES)) {
      return "an option must start with two dashes, but is '" + name + "'";
    }
    return "there is no option "
        + name
        + NearestName.of(name, known)
            .map(nearest -> "; did you mean " + nearest + "?")
            .orElse("; --help lists all");
  }

  private static String nameOf(String argument) {
    return argument.split("=", 2)[0];
  }

  private static String withoutDashes(String name) {
    return name.substring(DASHES.length());
  }
}
