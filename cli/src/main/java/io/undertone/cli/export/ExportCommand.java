package io.undertone.cli.export;

import io.undertone.analytics.export.EventExport;
import io.undertone.analytics.export.EventExport.Report;
import io.undertone.cli.terminal.CommandFailedException;
import io.undertone.cli.terminal.KafkaOption;
import io.undertone.cli.terminal.UserErrorException;
import io.undertone.jobs.kafka.ClientProperties;
import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.jobs.kafka.Topics;
import io.undertone.jobs.options.TopicNames;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes events to Parquet files. */
@Command(
    name = "export",
    description = {
      "Brings a folder of Parquet files up to date with the events topic, a file for each day."
          + " Events of calls that were erased are deleted from the files."
    })
public final class ExportCommand implements Callable<Integer> {
  @Mixin private KafkaOption kafka = new KafkaOption();

  @Option(
      names = "--parquet",
      required = true,
      paramLabel = "DIR",
      description = "Folder of the files; it is created if missing.")
  private Path directory = Path.of("");

  @Option(names = "--events-topic", description = "Topic of events (default: ${DEFAULT-VALUE}).")
  private String topic = TopicNames.DEFAULT.events();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws UserErrorException, CommandFailedException {
    Map<String, String> properties = kafka.properties();
    try (Topics topics = Topics.at(kafka.bootstrapServers(), properties)) {
      topics.require(List.of(topic));
      Map<String, String> consumer = ClientProperties.of(properties, ConsumerConfig.configNames());
      Report report = EventExport.run(kafka.bootstrapServers(), consumer, topic, directory);
      spec.commandLine()
          .getOut()
          .printf(
              "%s: %d events; %d days written, %d events of erased calls deleted%n",
              directory, report.events(), report.daysWritten(), report.erasedEvents());
      return 0;
    } catch (TopicUnavailableException | IOException | KafkaException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()), e);
    }
  }
}
