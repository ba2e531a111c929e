package io.undertone.cli.forget;

import io.undertone.cli.terminal.CommandFailedException;
import io.undertone.cli.terminal.KafkaOption;
import io.undertone.cli.terminal.UserErrorException;
import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.jobs.options.TopicNames;
import io.undertone.operators.decode.ForgetRules;
import io.undertone.schemas.ForgetConversation;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Sends a request to erase a call. */
@Command(
    name = "forget",
    description = {
      "Asks the job to erase a call: its memory and all other state at once, and nothing of it is"
          + " analysed afterwards. An event of kind ERASED tells consumers to delete what they keep"
          + " of the call, and the audit topic gets evidence."
    })
public final class ForgetCommand implements Callable<Integer> {
  @Mixin private KafkaOption kafka = new KafkaOption();

  @Option(names = "--tenant", required = true, description = "Tenant of the call.")
  private String tenant = "";

  @Option(
      names = "--conversation",
      required = true,
      paramLabel = "ID",
      description = "Conversation id of the call.")
  private String conversationId = "";

  @Option(
      names = "--by",
      required = true,
      paramLabel = "NAME",
      description = "Who asks for the erasure; the audit topic keeps the name.")
  private String requestedBy = "";

  @Option(
      names = "--reason",
      required = true,
      description =
          "Why, such as the number of the request. Name no caller: the audit topic keeps it.")
  private String reason = "";

  @Option(names = "--topic", description = "Topic of requests (default: ${DEFAULT-VALUE}).")
  private String topic = TopicNames.DEFAULT.control();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws UserErrorException, CommandFailedException {
    ForgetConversation request = request();
    Map<String, String> properties = kafka.properties();
    try (ControlProducer producer =
        ControlProducer.connect(kafka.bootstrapServers(), topic, properties)) {
      spec.commandLine()
          .getOut()
          .printf("%s/%s: erasure requested, %s%n", tenant, conversationId, producer.send(request));
    } catch (TopicUnavailableException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()), e);
    }
    return 0;
  }

  private ForgetConversation request() throws UserErrorException {
    ForgetConversation request =
        ForgetConversation.newBuilder()
            .setTenant(tenant)
            .setConversationId(conversationId)
            .setRequestedBy(requestedBy)
            .setReason(reason)
            .setRequestTimeMs(System.currentTimeMillis())
            .build();
    Optional<String> violation = ForgetRules.violation(request);
    if (violation.isPresent()) {
      throw new UserErrorException("the request cannot be sent: " + violation.get());
    }
    return request;
  }
}
