package io.undertone.jobs.options;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All that the emotion job can be told.
 *
 * @param kafka where audio comes from and events go to
 * @param analysis what is analysed, and how
 * @param runtime how the job runs on Flink
 */
public record JobOptions(KafkaOptions kafka, AnalysisOptions analysis, RuntimeOptions runtime) {

  private static final List<Option<?>> ALL =
      Stream.of(
              KafkaOptions.OPTIONS,
              TopicNames.OPTIONS,
              AnalysisOptions.OPTIONS,
              RuntimeOptions.OPTIONS,
              CheckpointOptions.OPTIONS,
              RestartOptions.OPTIONS)
          .<Option<?>>flatMap(List::stream)
          .toList();

  /**
   * Reads {@code --name value} pairs; {@code --options FILE} reads more of them from a file, over
   * which the command line wins.
   *
   * @throws InvalidOptionException for the first option that is unknown or has no use
   */
  public static JobOptions parse(String... arguments) throws InvalidOptionException {
    OptionValues values = OptionValues.parse(List.of(arguments), ALL);
    JobOptions options =
        new JobOptions(
            KafkaOptions.from(values), AnalysisOptions.from(values), RuntimeOptions.from(values));
    options.checkTransactionsOutliveCheckpoints();
    return options;
  }

  /** Each option with its default and what it must look like. */
  public static String help() {
    String each = ALL.stream().map(JobOptions::helpOf).collect(Collectors.joining());
    return """
        Options of the emotion job, as --name value, or as name: value in a file:

          --options FILE
              more options, in a .properties or flat .yaml file; the command line wins
          --kafka.PROPERTY VALUE
              a property of Kafka's own clients, such as --kafka.security.protocol SASL_SSL
        """
        + each;
  }

  private void checkTransactionsOutliveCheckpoints() throws InvalidOptionException {
    long longestMs = runtime.checkpoints().intervalMs() + runtime.checkpoints().timeoutMs();
    if (kafka.delivery() == Delivery.EXACTLY_ONCE && kafka.transactionTimeoutMs() <= longestMs) {
      throw new InvalidOptionException(
          "--transaction-timeout-ms must be more than --checkpoint-interval-ms plus"
              + " --checkpoint-timeout-ms = "
              + longestMs
              + ", or events are lost, but is "
              + kafka.transactionTimeoutMs());
    }
  }

  private static String helpOf(Option<?> option) {
    return "  --%s %s%n      %s; %s%n"
        .formatted(
            option.name(),
            option.defaultText().isEmpty() ? "(nothing)" : option.defaultText(),
            option.meaning(),
            option.type().expectation());
  }
}
