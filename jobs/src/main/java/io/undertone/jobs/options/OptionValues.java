package io.undertone.jobs.options;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/** The texts that were given for options, by their names; all names are known ones. */
final class OptionValues {
  private static final String FILE = "options";
  private static final String KAFKA_PREFIX = "kafka.";

  private final Map<String, String> texts;

  private OptionValues(Map<String, String> texts) {
    this.texts = texts;
  }

  /**
   * Reads {@code --name value} or {@code --name=value} and the file that {@code --options} names,
   * if it is there; the command line wins.
   */
  static OptionValues parse(List<String> arguments, Collection<Option<?>> options)
      throws InvalidOptionException {
    Map<String, String> commandLine = pairs(arguments);
    Map<String, String> texts = new LinkedHashMap<>();
    String file = commandLine.remove(FILE);
    if (file != null) {
      texts.putAll(OptionFile.read(Path.of(file)));
    }
    texts.putAll(commandLine);
    Set<String> known = new TreeSet<>(options.stream().map(Option::name).toList());
    for (String name : texts.keySet()) {
      if (name.startsWith(KAFKA_PREFIX)) {
        refuseUnknown(name, kafkaNames());
      } else {
        refuseUnknown(name, known);
      }
    }
    return new OptionValues(texts);
  }

  <T> T get(Option<T> option) throws InvalidOptionException {
    return option.parse(texts.getOrDefault(option.name(), option.defaultText()));
  }

  /**
   * What Kafka's own clients are told, by their own names: {@code --kafka.security.protocol SSL}.
   */
  Map<String, String> kafkaProperties() {
    Map<String, String> properties = new TreeMap<>();
    texts.forEach(
        (name, text) -> {
          if (name.startsWith(KAFKA_PREFIX)) {
            properties.put(name.substring(KAFKA_PREFIX.length()), text);
          }
        });
    return properties;
  }

  private static Map<String, String> pairs(List<String> arguments) throws InvalidOptionException {
    Map<String, String> pairs = new LinkedHashMap<>();
    Iterator<String> rest = arguments.iterator();
    while (rest.hasNext()) {
      String argument = rest.next();
      if (!argument.startsWith("--")) {
        throw new InvalidOptionException(
            "an option must begin with two dashes, but is '" + argument + "'");
      }
      String[] nameAndValue = argument.split("=", 2);
      String name = nameAndValue[0];
      if (nameAndValue.length == 1 && !rest.hasNext()) {
        throw new InvalidOptionException(name + " must be followed by its value, but is last");
      }
      String value = nameAndValue.length == 2 ? nameAndValue[1] : rest.next();
      if (pairs.put(name.substring(2), value) != null) {
        throw new InvalidOptionException(name + " must be given once, but is given twice");
      }
    }
    return pairs;
  }

  private static void refuseUnknown(String name, Set<String> known) throws InvalidOptionException {
    if (!known.contains(name)) {
      String hint =
          NearestName.of(name, known)
              .map(nearest -> "; did you mean --" + nearest + "?")
              .orElse("; --help lists all");
      throw new InvalidOptionException("there is no option --" + name + hint);
    }
  }

  private static Set<String> kafkaNames() {
    Set<String> names = new TreeSet<>();
    ConsumerConfig.configNames().forEach(name -> names.add(KAFKA_PREFIX + name));
    ProducerConfig.configNames().forEach(name -> names.add(KAFKA_PREFIX + name));
    return names;
  }
}
