package io.undertone.cli.dashboard;

import io.undertone.cli.terminal.CommandFailedException;
import io.undertone.cli.terminal.IoMessages;
import io.undertone.cli.terminal.KafkaOption;
import io.undertone.cli.terminal.PortConverter;
import io.undertone.cli.terminal.RegistryOption;
import io.undertone.cli.terminal.StopSignal;
import io.undertone.cli.terminal.UserErrorException;
import io.undertone.dashboard.Dashboard;
import io.undertone.dashboard.topics.DashboardTopics;
import io.undertone.dashboard.web.CannotListenException;
import io.undertone.jobs.kafka.ClientProperties;
import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.jobs.kafka.Topics;
import io.undertone.jobs.options.TopicNames;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Serves the dashboard until the process is stopped. */
@Command(
    name = "dashboard",
    description = {
      "Serves a page that shows live calls, those first that need somebody, each call's timeline,"
          + " and a wall screen. It reads the events topic and keeps nothing else: start as many as"
          + " you like.",
      "On the loopback interface everybody on this machine may look; on any other, users need a"
          + " token (--users), or a reverse proxy names them (--proxies)."
    })
public final class DashboardCommand implements Callable<Integer> {
  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description = "Address to listen on (default: ${DEFAULT-VALUE}).")
  private String host = "localhost";

  @Option(
      names = "--port",
      converter = PortConverter.class,
      description = "Port to listen on; 0 for any free one (default: ${DEFAULT-VALUE}).")
  private int port = DashboardPort.DEFAULT;

  @Option(names = "--topic", description = "Topic of events (default: ${DEFAULT-VALUE}).")
  private String topic = TopicNames.DEFAULT.events();

  @Option(
      names = "--alerts-topic",
      description = "Topic of alerts; it may be missing (default: ${DEFAULT-VALUE}).")
  private String alertsTopic = TopicNames.DEFAULT.alerts();

  @Option(
      names = "--feedback-topic",
      description =
          "Topic for what people say about labels; create it if you want to keep that (default:"
              + " ${DEFAULT-VALUE}).")
  private String feedbackTopic = DashboardTopics.DEFAULT.feedback();

  @Option(
      names = "--responses-topic",
      description =
          "Topic for what people do about alerts, to acknowledge and claim them; create it if you"
              + " want that (default: ${DEFAULT-VALUE}).")
  private String responsesTopic = DashboardTopics.DEFAULT.responses();

  @Option(
      names = "--audit",
      paramLabel = "FILE",
      description =
          "Appends a line of JSON for each call that somebody opens, and for each response to an"
              + " alert (default: to standard error).")
  private @Nullable Path audit;

  private Set<String> missing = Set.of();

  @Mixin private KafkaOption kafka = new KafkaOption();
  @Mixin private RegistryOption registry = new RegistryOption();
  @Mixin private WindowOptions window = new WindowOptions();
  @Mixin private AccessOptions access = new AccessOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws UserErrorException, CommandFailedException, InterruptedException {
    Dashboard.Settings settings = settings();
    try (StopSignal stop = StopSignal.install();
        Dashboard dashboard = Dashboard.start(settings)) {
      spec.commandLine().getOut().println(dashboard.address());
      spec.commandLine().getOut().flush();
      noteTopics();
      stop.await();
    } catch (CannotListenException e) {
      throw new UserErrorException(e.getMessage() + "; name another port with --port", e);
    }
    return 0;
  }

  private Dashboard.Settings settings() throws UserErrorException, CommandFailedException {
    Map<String, String> properties = kafka.properties();
    Dashboard.Settings settings =
        new Dashboard.Settings(
            host,
            port,
            access.access(host),
            new DashboardTopics(topic, alertsTopic, feedbackTopic, responsesTopic),
            window.bounds(),
            client(properties, ConsumerConfig.configNames()),
            client(properties, ProducerConfig.configNames()),
            registry.registry(properties),
            auditLog());
    try (Topics topics = Topics.at(kafka.bootstrapServers(), properties)) {
      topics.require(List.of(topic));
      missing = topics.missing(List.of(alertsTopic, feedbackTopic, responsesTopic));
    } catch (TopicUnavailableException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()), e);
    }
    return settings;
  }

  private void noteTopics() {
    note("reads events from " + topic);
    note("reads alerts from " + alertsTopic + ifMissing(alertsTopic));
    note("writes what people say about labels to " + feedbackTopic + ifMissing(feedbackTopic));
    note("keeps what people do about alerts in " + responsesTopic + ifMissing(responsesTopic));
  }

  private String ifMissing(String topic) {
    return missing.contains(topic) ? ", which does not exist; create it if you want that" : "";
  }

  /** Standard output has the address alone. */
  private void note(String line) {
    spec.commandLine().getErr().println("undertone: " + line);
    spec.commandLine().getErr().flush();
  }

  private Map<String, String> client(Map<String, String> properties, Set<String> known) {
    Map<String, String> client = new HashMap<>(ClientProperties.of(properties, known));
    client.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    return client;
  }

  private Consumer<String> auditLog() throws UserErrorException {
    try {
      return AuditFile.at(audit, spec.commandLine().getErr());
    } catch (IOException e) {
      throw new UserErrorException(IoMessages.of(e), e);
    }
  }
}
