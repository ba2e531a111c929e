package io.undertone.cli.events;

import io.undertone.analytics.topics.KeptEvents;
import io.undertone.analytics.topics.TopicReader;
import io.undertone.cli.terminal.CommandFailedException;
import io.undertone.cli.terminal.JsonLines;
import io.undertone.cli.terminal.KafkaOption;
import io.undertone.cli.terminal.RegistryOption;
import io.undertone.cli.terminal.StopSignal;
import io.undertone.cli.terminal.UserErrorException;
import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.jobs.options.TopicNames;
import io.undertone.schemas.EmotionEvent;
import io.undertone.schemas.registry.ValueDecoder;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints events as JSON lines. */
@Command(
    name = "events",
    description = {
      "Prints events as JSON objects, one on a line: those that the topic has now, or with --follow"
          + " those that come.",
      "Of a call that was erased it prints nothing but the event that says so."
    })
public final class EventsCommand implements Callable<Integer> {
  @Mixin private KafkaOption kafka = new KafkaOption();
  @Mixin private RegistryOption registry = new RegistryOption();

  @Option(
      names = "--follow",
      description = "Prints events as they come, until it is stopped, and no earlier ones.")
  private boolean follow;

  @Option(
      names = "--from-beginning",
      description = "With --follow, prints what the topic has before what comes.")
  private boolean fromBeginning;

  @Option(names = "--tenant", description = "Prints the calls of this tenant only.")
  private @Nullable String tenant;

  @Option(
      names = "--conversation",
      paramLabel = "ID",
      description = "Prints calls with this conversation id only.")
  private @Nullable String conversationId;

  @Option(names = "--events-topic", description = "Topic of events (default: ${DEFAULT-VALUE}).")
  private String topic = TopicNames.DEFAULT.events();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws UserErrorException, CommandFailedException {
    try (TopicReader reader = kafka.reader(List.of(topic))) {
      KeptEvents events =
          new KeptEvents(
              reader,
              topic,
              ValueDecoder.of(EmotionEvent.getClassSchema(), registry.registry(kafka.properties())),
              this::print);
      if (follow) {
        follow(events);
      } else {
        events.readAll();
      }
    } catch (TopicUnavailableException | IOException | KafkaException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()), e);
    }
    return 0;
  }

  private void follow(KeptEvents events) throws IOException {
    try (StopSignal stop = StopSignal.install()) {
      events.start(fromBeginning ? KeptEvents.Start.BEGINNING : KeptEvents.Start.NOW);
      events.follow(stop::isRequested);
    } catch (InterruptException e) {
      // Asked to stop. The client closes in peace without the mark that it has kept.
      Thread.interrupted();
    }
  }

  private void print(List<EmotionEvent> events) {
    for (EmotionEvent event : events) {
      if ((tenant == null || tenant.equals(event.getTenant()))
          && (conversationId == null || conversationId.equals(event.getConversationId()))) {
        spec.commandLine().getOut().println(JsonLines.of(event));
      }
    }
    spec.commandLine().getOut().flush();
  }
}
