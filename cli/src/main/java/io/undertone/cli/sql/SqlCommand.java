package io.undertone.cli.sql;

import io.undertone.analytics.AgentData;
import io.undertone.analytics.BadQueryException;
import io.undertone.analytics.NamedQuery;
import io.undertone.analytics.QueryFailedException;
import io.undertone.analytics.QueryResult;
import io.undertone.analytics.ReadRange;
import io.undertone.analytics.SqlSession;
import io.undertone.analytics.TopicSource;
import io.undertone.cli.terminal.ClientPropertiesFile;
import io.undertone.cli.terminal.CommandFailedException;
import io.undertone.cli.terminal.JsonLines;
import io.undertone.cli.terminal.RegistryOption;
import io.undertone.cli.terminal.UserErrorException;
import io.undertone.jobs.kafka.ClientProperties;
import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.jobs.kafka.Topics;
import io.undertone.jobs.options.TopicNames;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.apache.flink.types.Row;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Queries over the job's topics, by Flink SQL in this process. */
@Command(
    name = "sql",
    description = {
      "Answers a query over the topics of events, alerts and dead letters, with Flink SQL in this"
          + " process. Calls that were erased are in no answer."
    })
public final class SqlCommand implements Callable<Integer> {
  @ArgGroup(multiplicity = "1")
  private QueryChoice choice = new QueryChoice();

  @Option(
      names = {"--bootstrap-servers", "--bootstrap"},
      paramLabel = "HOST:PORT",
      description = "A broker, or several separated by commas.")
  private @Nullable String bootstrapServers;

  @Option(
      names = {"--client-properties", "--kafka-properties"},
      paramLabel = "FILE",
      description = "Properties of Kafka's client, such as credentials.")
  private @Nullable Path clientProperties;

  @Mixin private RegistryOption registry = new RegistryOption();

  @Option(names = "--events-topic", description = "Topic of events (default: ${DEFAULT-VALUE}).")
  private String eventsTopic = TopicNames.DEFAULT.events();

  @Option(names = "--alerts-topic", description = "Topic of alerts (default: ${DEFAULT-VALUE}).")
  private String alertsTopic = TopicNames.DEFAULT.alerts();

  @Option(
      names = "--dead-letters-topic",
      description = "Topic of dead letters (default: ${DEFAULT-VALUE}).")
  private String deadLettersTopic = TopicNames.DEFAULT.deadLetters();

  @Option(names = "--json", description = "Prints each row as a JSON object on a line.")
  private boolean json;

  @Option(
      names = "--follow",
      description =
          "Reads on and on, and prints each change of the result as a JSON object on a line. Not"
              + " for --query, nor for queries with ORDER BY.")
  private boolean follow;

  @Option(
      names = "--time-zone",
      paramLabel = "ZONE",
      description = "Time zone of hours and days, such as Europe/Berlin (default: UTC).")
  private ZoneId timeZone = ZoneOffset.UTC;

  @Option(
      names = "--allow-agent-ranking",
      description =
          "Adds the view agents and a query that ranks agents by their customers' emotion. Article"
              + " 5 of the EU AI Act forbids to infer emotions of people at work from their voice,"
              + " and other laws protect employees too: ask your lawyers first.")
  private boolean allowAgentRanking;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws UserErrorException, CommandFailedException {
    AgentData agents = allowAgentRanking ? AgentData.INCLUDED : AgentData.LEFT_OUT;
    try {
      if (choice.isList()) {
        list(agents);
      } else {
        run(choice.text(agents), agents);
      }
      return 0;
    } catch (BadQueryException e) {
      throw new UserErrorException(String.valueOf(e.getMessage()), e);
    } catch (TopicUnavailableException | QueryFailedException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()), e);
    }
  }

  private void list(AgentData agents) throws UserErrorException {
    PrintWriter out = spec.commandLine().getOut();
    for (NamedQuery query : NamedQuery.all(agents)) {
      out.printf("%-24s %s%n", query.name(), query.summary());
    }
    out.println();
    session("none", Map.of(), agents)
        .views()
        .forEach((view, columns) -> out.printf("%s(%s)%n", view, String.join(", ", columns)));
    out.flush();
  }

  private void run(String sql, AgentData agents)
      throws UserErrorException,
          BadQueryException,
          QueryFailedException,
          TopicUnavailableException {
    if (bootstrapServers == null) {
      throw new UserErrorException("--bootstrap-servers must name a broker, but is not given");
    }
    if (follow && choice.isNamed()) {
      throw new UserErrorException("--follow needs --execute or --file, but --query is given");
    }
    Map<String, String> properties =
        ClientPropertiesFile.read("--client-properties", clientProperties);
    SqlSession session = session(bootstrapServers, properties, agents);
    try (Topics topics = Topics.at(bootstrapServers, properties)) {
      topics.require(session.topics(sql));
    }
    try (QueryResult result = session.query(sql)) {
      if (follow) {
        printChanges(result);
      } else {
        print(result);
      }
    }
  }

  private SqlSession session(String brokers, Map<String, String> properties, AgentData agents)
      throws UserErrorException {
    TopicSource topics =
        new TopicSource(
            brokers,
            ClientProperties.of(properties, ConsumerConfig.configNames()),
            eventsTopic,
            alertsTopic,
            deadLettersTopic,
            registry.registry(properties));
    ReadRange range = follow ? ReadRange.FOLLOWING : ReadRange.UNTIL_NOW;
    return SqlSession.open(topics, range, agents, timeZone);
  }

  private void print(QueryResult result) throws QueryFailedException {
    PrintWriter out = spec.commandLine().getOut();
    PlainValues values = new PlainValues(timeZone);
    RowTable table = new RowTable(result.columns());
    while (result.hasNext()) {
      Map<String, @Nullable Object> row = values.of(result.columns(), result.next());
      if (json) {
        out.println(JsonLines.of(row));
      } else {
        table.add(row);
      }
    }
    if (!json) {
      table.print(out);
    }
    out.flush();
  }

  /** The operation is that of Flink's changelogs: +I, -U, +U or -D. */
  private void printChanges(QueryResult result) throws QueryFailedException {
    PrintWriter out = spec.commandLine().getOut();
    PlainValues values = new PlainValues(timeZone);
    while (result.hasNext()) {
      Row row = result.next();
      Map<String, @Nullable Object> change = new LinkedHashMap<>();
      change.put("op", Objects.requireNonNull(row.getKind()).shortString());
      change.putAll(values.of(result.columns(), row));
      out.println(JsonLines.of(change));
      out.flush();
    }
  }
}
