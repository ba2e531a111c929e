package io.undertone.cli.notify;

import io.undertone.cli.terminal.ClientPropertiesFile;
import io.undertone.cli.terminal.CommandFailedException;
import io.undertone.cli.terminal.KafkaOption;
import io.undertone.cli.terminal.RegistryOption;
import io.undertone.cli.terminal.StopSignal;
import io.undertone.cli.terminal.UserErrorException;
import io.undertone.jobs.kafka.ClientProperties;
import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.jobs.kafka.Topics;
import io.undertone.jobs.options.TopicNames;
import io.undertone.webhooks.Counts;
import io.undertone.webhooks.Notifier;
import io.undertone.webhooks.RetryPolicy;
import io.undertone.webhooks.Webhook;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Sends alerts to a webhook until the process is stopped. */
@Command(
    name = "notify",
    description = {
      "Reads alerts from Kafka and sends each to a webhook, as Prometheus Alertmanager does. It"
          + " tries again for as long as you say, then puts the alert into another topic. Start"
          + " several to share the work.",
      "The first start of a group begins with new alerts, later ones where the last one ended."
    })
public final class NotifyCommand implements Callable<Integer> {
  private static final String WEBHOOK = "--webhook";

  @Option(
      names = WEBHOOK,
      required = true,
      paramLabel = "FILE",
      description =
          "Properties of the webhook: url; perhaps secret, which messages are signed with"
              + " (Standard Webhooks, whsec_...), and authorization, a header.")
  private Path webhook = Path.of("");

  @Option(names = "--topic", description = "Topic of alerts (default: ${DEFAULT-VALUE}).")
  private String topic = TopicNames.DEFAULT.alerts();

  @Option(
      names = "--undelivered-topic",
      description = "Topic of alerts that were given up (default: ${DEFAULT-VALUE}).")
  private String undelivered = Notifier.DEFAULT_UNDELIVERED;

  @Option(
      names = "--give-up-after-minutes",
      paramLabel = "N",
      description = "How long an alert is tried (default: ${DEFAULT-VALUE}).")
  private int giveUpAfterMinutes = Math.toIntExact(RetryPolicy.DEFAULT.giveUpAfter().toMinutes());

  @Option(
      names = "--dashboard-url",
      paramLabel = "URL",
      description = "Where people find the dashboard: messages link to the call there.")
  private @Nullable URI dashboard;

  @Option(
      names = "--group",
      description = "Consumer group; each group sends all alerts (default: ${DEFAULT-VALUE}).")
  private String group = "undertone-notify";

  @Mixin private KafkaOption kafka = new KafkaOption();
  @Mixin private RegistryOption registry = new RegistryOption();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws UserErrorException, CommandFailedException {
    Notifier.Settings settings = settings();
    try (StopSignal stop = StopSignal.install();
        Notifier notifier = new Notifier(settings)) {
      closeAfter(stop, notifier);
      note("sends alerts of %s as group %s".formatted(topic, group));
      notifier.run();
      note(summary(notifier.counts()));
      return 0;
    } catch (KafkaException e) {
      throw new CommandFailedException("cannot send alerts of " + topic + ": " + e.getMessage(), e);
    }
  }

  /** Lets the notifier end when the process is asked to stop. */
  private static void closeAfter(StopSignal stop, Notifier notifier) {
    Thread waiting =
        new Thread(
            () -> {
              try {
                stop.await();
                notifier.close();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "undertone-notify-stop");
    waiting.setDaemon(true);
    waiting.start();
  }

  private Notifier.Settings settings() throws UserErrorException, CommandFailedException {
    if (giveUpAfterMinutes < 0) {
      throw new UserErrorException(
          "--give-up-after-minutes must be at least 0, but is " + giveUpAfterMinutes);
    }
    RetryPolicy policy = RetryPolicy.DEFAULT;
    Map<String, String> properties = kafka.properties();
    Notifier.Settings settings =
        new Notifier.Settings(
            webhook(),
            topic,
            registry.registry(properties),
            undelivered,
            dashboard,
            new RetryPolicy(
                policy.first(), policy.longest(), Duration.ofMinutes(giveUpAfterMinutes)),
            Notifier.DEFAULT_READ_AHEAD,
            group,
            client(properties, ConsumerConfig.configNames()),
            client(properties, ProducerConfig.configNames()));
    try (Topics topics = Topics.at(kafka.bootstrapServers(), properties)) {
      topics.require(List.of(topic, undelivered));
    } catch (TopicUnavailableException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()), e);
    }
    return settings;
  }

  private Webhook webhook() throws UserErrorException {
    try {
      return Webhook.of(ClientPropertiesFile.read(WEBHOOK, webhook));
    } catch (IllegalArgumentException e) {
      throw new UserErrorException(WEBHOOK + " " + webhook + ": " + e.getMessage(), e);
    }
  }

  private Map<String, String> client(Map<String, String> properties, Set<String> known) {
    Map<String, String> client = new HashMap<>(ClientProperties.of(properties, known));
    client.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    return client;
  }

  private static String summary(Counts counts) {
    return "%d sent, %d given up, %d attempts failed, %d records unreadable"
        .formatted(
            counts.delivered().get(),
            counts.undelivered().get(),
            counts.failed().get(),
            counts.unreadable().get());
  }

  private void note(String line) {
    spec.commandLine().getErr().println("undertone: " + line);
    spec.commandLine().getErr().flush();
  }
}
