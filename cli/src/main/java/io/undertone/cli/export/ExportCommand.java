package io.undertone.cli.export;

import io.undertone.analytics.export.EventExport;
import io.undertone.analytics.jdbc.DatabaseExport;
import io.undertone.analytics.topics.TopicReader;
import io.undertone.cli.terminal.CommandFailedException;
import io.undertone.cli.terminal.KafkaOption;
import io.undertone.cli.terminal.RegistryOption;
import io.undertone.cli.terminal.StopSignal;
import io.undertone.cli.terminal.UserErrorException;
import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.jobs.options.TopicNames;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes events to Parquet files, or events and alerts to a database. */
@Command(
    name = "export",
    description = {
      "Brings a folder of Parquet files up to date with the events topic, a file for each day, or"
          + " tables of PostgreSQL with the topics of events and alerts.",
      "A run goes on where the last one ended. What files and tables have of calls that were erased"
          + " is deleted."
    })
public final class ExportCommand implements Callable<Integer> {
  @Mixin private KafkaOption kafka = new KafkaOption();
  @Mixin private RegistryOption registry = new RegistryOption();

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Destination destination = new Destination();

  @Option(names = "--follow", description = "Goes on with what comes, until it is stopped.")
  private boolean follow;

  @Option(names = "--events-topic", description = "Topic of events (default: ${DEFAULT-VALUE}).")
  private String eventsTopic = TopicNames.DEFAULT.events();

  @Option(
      names = "--alerts-topic",
      description = "Topic of alerts, for a database (default: ${DEFAULT-VALUE}).")
  private String alertsTopic = TopicNames.DEFAULT.alerts();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws UserErrorException, CommandFailedException {
    try (StopSignal stop = StopSignal.install()) {
      if (destination.parquet != null) {
        toParquet(destination.parquet, stop);
      } else {
        toDatabase(destination.database, stop);
      }
      return 0;
    } catch (InterruptException e) {
      // Asked to stop; the client has kept the thread's mark.
      return 0;
    } catch (TopicUnavailableException | IOException | SQLException | KafkaException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()), e);
    }
  }

  private void toParquet(ParquetOptions options, StopSignal stop)
      throws UserErrorException, TopicUnavailableException, IOException {
    Path directory = options.directory();
    Duration interval = options.interval();
    try (TopicReader reader = kafka.reader(List.of(eventsTopic))) {
      EventExport export =
          EventExport.open(reader, eventsTopic, directory, registry.registry(kafka.properties()));
      EventExport.Report report =
          follow ? export.follow(interval, stop::isRequested) : export.run();
      print(
          "%s: %d events; %d files written, %d events of erased calls deleted"
              .formatted(directory, report.events(), report.filesWritten(), report.erasedEvents()));
    }
  }

  private void toDatabase(DatabaseOptions options, StopSignal stop)
      throws UserErrorException, TopicUnavailableException, IOException, SQLException {
    String url = options.url();
    Map<String, String> driver = options.properties();
    try (TopicReader reader = kafka.reader(List.of(eventsTopic, alertsTopic));
        DatabaseExport export =
            DatabaseExport.open(
                reader,
                eventsTopic,
                alertsTopic,
                url,
                driver,
                registry.registry(kafka.properties()))) {
      DatabaseExport.Report report = follow ? export.follow(stop::isRequested) : export.run();
      print(
          "%s: %d events and %d states of alerts read, %d rows of erased calls deleted"
              .formatted(url, report.events(), report.alertStates(), report.erasedRows()));
    }
  }

  private void print(String line) {
    spec.commandLine().getOut().println(line);
    spec.commandLine().getOut().flush();
  }

  /** One of the two. */
  private static final class Destination {
    @ArgGroup(exclusive = false)
    private @Nullable ParquetOptions parquet;

    @ArgGroup(exclusive = false)
    private DatabaseOptions database = new DatabaseOptions();
  }
}
