package io.undertone.cli.redrive;

import io.undertone.analytics.topics.Call;
import io.undertone.analytics.topics.ErasedCalls;
import io.undertone.analytics.topics.TopicReader;
import io.undertone.cli.terminal.CommandFailedException;
import io.undertone.cli.terminal.UserErrorException;
import io.undertone.jobs.kafka.ClientProperties;
import io.undertone.jobs.kafka.Registries;
import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.jobs.kafka.Topics;
import io.undertone.jobs.options.InvalidOptionException;
import io.undertone.jobs.options.JobOptions;
import io.undertone.jobs.options.KafkaOptions;
import io.undertone.schemas.DeadLetter;
import io.undertone.schemas.ErasureRecord;
import io.undertone.schemas.registry.SchemaRegistry;
import io.undertone.schemas.registry.SchemaRegistryException;
import io.undertone.schemas.registry.ValueDecoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows dead letters, and sends their records again. */
@Command(
    name = "redrive",
    description = {
      "Shows why records became dead letters, and sends again what a mended job can take.",
      "Without --send it only shows. A record is sent again once: if it is refused again, it stays"
          + " a dead letter. Letters of calls that were erased are left out."
    })
public final class RedriveCommand implements Callable<Integer> {
  @Mixin private LetterFilter filter = new LetterFilter();

  @Option(
      names = "--send",
      description = "Sends the records again, with key, value and headers as they were.")
  private boolean send;

  @Option(names = "--late", description = "Reads the topic of late chunks instead.")
  private boolean late;

  @Option(
      names = "--letters",
      paramLabel = "N",
      description = "How many letters are shown (default: ${DEFAULT-VALUE}).")
  private int mostLetters = 20;

  @Option(names = "--json", description = "Ends with the counts as a JSON object on one line.")
  private boolean json;

  @Parameters(
      paramLabel = "--NAME VALUE",
      arity = "0..*",
      description =
          "Options of the job, such as --bootstrap-servers, the names of topics, --kafka.PROPERTY"
              + " and --options FILE.")
  private List<String> jobOptions = List.of();

  @Spec private CommandSpec spec = CommandSpec.create();

  private RedriveCommand() {}

  /** The command; passes the job's own options through. */
  public static CommandLine commandLine() {
    return new CommandLine(new RedriveCommand()).setUnmatchedOptionsArePositionalParams(true);
  }

  @Override
  public Integer call() throws UserErrorException, CommandFailedException, InterruptedException {
    try {
      JobOptions options = JobOptions.parse(jobOptions.toArray(String[]::new));
      List<Redrivable> letters = letters(options);
      RedriveReport report = new RedriveReport(spec.commandLine().getOut());
      report.print(letters, mostLetters);
      List<ProducerRecord<byte[], byte[]>> records =
          letters.stream().map(Redrivable::record).flatMap(Optional::stream).toList();
      if (send) {
        RecordSender.send(records, options);
      }
      note(records.size(), options.topics().audioChunks());
      if (json) {
        report.printJson(letters, send ? records.size() : 0);
      }
      return 0;
    } catch (InvalidOptionException e) {
      throw new UserErrorException(e.getMessage() + " (see undertone redrive --help)", e);
    } catch (TopicUnavailableException | IOException | UncheckedIOException | KafkaException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()), e);
    }
  }

  private List<Redrivable> letters(JobOptions options)
      throws UserErrorException, TopicUnavailableException, IOException {
    String source = late ? options.topics().late() : options.topics().deadLetters();
    String audioTopic = options.topics().audioChunks();
    String auditTopic = options.topics().audit();
    try (Topics topics = Topics.of(options)) {
      topics.require(List.of(source, audioTopic, auditTopic));
    }
    List<DeadLetter> letters = new ArrayList<>();
    SchemaRegistry registry = registry(options);
    ValueDecoder<DeadLetter> decoder = ValueDecoder.of(DeadLetter.getClassSchema(), registry);
    try (TopicReader reader = reader(options)) {
      Set<Call> erased =
          ErasedCalls.in(
              auditTopic, reader, ValueDecoder.of(ErasureRecord.getClassSchema(), registry));
      reader.readAll(
          source,
          record ->
              decoded(record.value(), decoder)
                  .filter(letter -> filter.accepts(letter) && !isOfAny(erased, letter))
                  .ifPresent(letters::add));
      return new Originals(audioTopic, reader).of(letters);
    }
  }

  /** The job knows an erased call for a while only: audio that came later would be analysed. */
  private static boolean isOfAny(Set<Call> calls, DeadLetter letter) {
    String tenant = letter.getTenant();
    String conversationId = letter.getConversationId();
    return tenant != null
        && conversationId != null
        && calls.contains(new Call(tenant, conversationId));
  }

  private static TopicReader reader(JobOptions options) {
    return new TopicReader(
        options.get(KafkaOptions.BOOTSTRAP_SERVERS),
        ClientProperties.of(options.kafkaClientProperties(), ConsumerConfig.configNames()));
  }

  private static @Nullable SchemaRegistry registry(JobOptions options) throws UserErrorException {
    try {
      return Registries.at(
          options.get(KafkaOptions.SCHEMA_REGISTRY), options.kafkaClientProperties());
    } catch (IllegalArgumentException e) {
      throw new UserErrorException("--schema-registry: " + e.getMessage(), e);
    }
  }

  /** A record that is no letter is none of this command's business. */
  private Optional<DeadLetter> decoded(byte[] value, ValueDecoder<DeadLetter> decoder) {
    try {
      return Optional.of(decoder.decode(value));
    } catch (SchemaRegistryException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    } catch (IOException | RuntimeException e) {
      spec.commandLine()
          .getErr()
          .println("undertone: skipped a record that is no dead letter: " + e.getMessage());
      return Optional.empty();
    }
  }

  private void note(int records, String topic) {
    spec.commandLine()
        .getErr()
        .println(
            send
                ? "undertone: sent %d records to %s".formatted(records, topic)
                : "undertone: nothing was sent; --send sends %d records to %s"
                    .formatted(records, topic));
    spec.commandLine().getErr().flush();
  }
}
