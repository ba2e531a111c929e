package io.undertone.jobs.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.model.EmotionPrior;
import io.undertone.model.MemoryEncoding.OptimizerState;
import io.undertone.model.MemoryEncoding.Weights;
import io.undertone.model.torch.encoder.ArithmeticChoice;
import io.undertone.schemas.Role;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.configuration.MemorySize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobOptionsTest {
  /** Names of earlier versions, and the options that they set. */
  @SuppressWarnings("unused") // FieldSource reads it by its name.
  private static final List<Object[]> OLD_NAMES =
      List.of(
          old("transaction-timeout-ms", KafkaOptions.TRANSACTION_TIMEOUT),
          old("reorder-bound-ms", AnalysisOptions.REORDER_BOUND),
          old("conversation-timeout-ms", AnalysisOptions.CONVERSATION_TIMEOUT),
          old("pause-ms", AnalysisOptions.PAUSE),
          old("min-speech-ms", AnalysisOptions.MIN_SPEECH),
          old("max-utterance-ms", AnalysisOptions.MAX_UTTERANCE),
          old("memory-ttl-ms", AnalysisOptions.MEMORY_TTL),
          old("batch-wait-ms", AnalysisOptions.BATCH_WAIT),
          old("checkpoint-interval-ms", RuntimeOptions.CHECKPOINT_INTERVAL),
          old("checkpoint-timeout-ms", RuntimeOptions.CHECKPOINT_TIMEOUT),
          old("restart-interval-ms", RuntimeOptions.RESTART_INTERVAL),
          old("restart-delay-ms", RuntimeOptions.RESTART_DELAY));

  @TempDir private Path directory;

  @Test
  void byDefaultTheJobAnalysesTheCustomerAndTakesCheckpoints() throws InvalidOptionException {
    JobOptions options = JobOptions.parse();

    assertThat(options.get(AnalysisOptions.ROLES)).containsExactly(Role.CUSTOMER);
    assertThat(options.topics()).isEqualTo(TopicNames.DEFAULT);
    assertThat(options.get(KafkaOptions.DELIVERY)).isEqualTo(Delivery.AT_LEAST_ONCE);
    assertThat(options.get(RuntimeOptions.CHECKPOINT_INTERVAL)).isEqualTo(Duration.ofSeconds(10));
    assertThat(options.get(RuntimeOptions.PARALLELISM)).isZero();
  }

  @Test
  void theCommandLineOverridesAPropertiesFile() throws InvalidOptionException, IOException {
    String file = file("job.properties", "group-id = of-file\nreorder-bound = 500 ms\n");

    JobOptions options = JobOptions.parse("--group-id", "of-line", "--options", file);

    assertThat(options.get(KafkaOptions.GROUP_ID)).isEqualTo("of-line");
    assertThat(options.get(AnalysisOptions.REORDER_BOUND)).isEqualTo(Duration.ofMillis(500));
  }

  @Test
  void argumentsWithoutFileMeanTheSame() throws InvalidOptionException, IOException {
    String file =
        file("job.yaml", "reorder-bound-ms: 500\nroles: [customer, agent]\nkafka.linger.ms: 7\n");

    List<String> arguments = JobOptions.withoutFile(List.of("--options", file, "--roles=customer"));

    assertThat(arguments)
        .containsExactlyInAnyOrder(
            "--reorder-bound=500", "--roles=customer", "--kafka.linger.ms=7");
  }

  @Test
  void anOldNameOnTheCommandLineOverridesTheNewNameInAFile()
      throws InvalidOptionException, IOException {
    String file = file("job.yaml", "reorder-bound: 1 s\n");

    JobOptions options = JobOptions.parse("--options", file, "--reorder-bound-ms", "500");

    assertThat(options.get(AnalysisOptions.REORDER_BOUND)).isEqualTo(Duration.ofMillis(500));
  }

  @Test
  void aYamlFileHasValuesAndLists() throws InvalidOptionException, IOException {
    String file = file("job.yaml", "reorder-bound-ms: 500\nroles: [customer, agent]\n");

    JobOptions options = JobOptions.parse("--options", file);

    assertThat(options.get(AnalysisOptions.REORDER_BOUND)).isEqualTo(Duration.ofMillis(500));
    assertThat(options.get(AnalysisOptions.ROLES)).containsExactly(Role.CUSTOMER, Role.AGENT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"500", "500ms", "500 ms", "PT0.5S"})
  void durationsHaveAUnitOrAreMilliseconds(String text) throws InvalidOptionException {
    assertThat(JobOptions.parse("--batch-wait", text).get(AnalysisOptions.BATCH_WAIT))
        .isEqualTo(Duration.ofMillis(500));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2048", "2kb", "2 kb", "2 kibibytes"})
  void memorySizesHaveAUnitOrAreBytes(String text) throws InvalidOptionException {
    assertThat(JobOptions.parse("--resident-memory", text).get(AnalysisOptions.RESIDENT_MEMORY))
        .isEqualTo(new MemorySize(2048));
  }

  @ParameterizedTest
  @ValueSource(strings = {"customer,agent", "customer, agent"})
  void listsAreSeparatedByCommas(String text) throws InvalidOptionException {
    assertThat(JobOptions.parse("--roles", text).get(AnalysisOptions.ROLES))
        .containsExactly(Role.CUSTOMER, Role.AGENT);
  }

  @Test
  void voiceActivityHearsNoFurtherSideUnlessItIsNamed() throws InvalidOptionException {
    assertThat(JobOptions.defaults().get(AnalysisOptions.ACTIVITY_ROLES)).isEmpty();
    assertThat(JobOptions.parse("--activity-roles", "").get(AnalysisOptions.ACTIVITY_ROLES))
        .isEmpty();
    assertThat(JobOptions.parse("--activity-roles=agent").get(AnalysisOptions.ACTIVITY_ROLES))
        .containsExactly(Role.AGENT);
  }

  @Test
  void enumsAreInKebabCase() throws InvalidOptionException {
    JobOptions options =
        JobOptions.parse(
            "--delivery=exactly-once",
            "--saved-weights=bf16",
            "--saved-optimizer=dropped",
            "--arithmetic=bf16");

    assertThat(options.get(KafkaOptions.DELIVERY)).isEqualTo(Delivery.EXACTLY_ONCE);
    assertThat(options.get(AnalysisOptions.SAVED_WEIGHTS)).isEqualTo(Weights.BF16);
    assertThat(options.get(AnalysisOptions.SAVED_OPTIMIZER)).isEqualTo(OptimizerState.DROPPED);
    assertThat(options.get(AnalysisOptions.ARITHMETIC)).isEqualTo(ArithmeticChoice.BF16);
  }

  @Test
  void aPriorNamesEachEmotion() throws InvalidOptionException {
    assertThat(JobOptions.defaults().prior()).isEqualTo(EmotionPrior.CALLS);
    assertThat(JobOptions.parse("--prior=happy=0.25,sad=0.25,angry=0.25,neutral=0.25").prior())
        .isEqualTo(EmotionPrior.UNIFORM);
    assertThatThrownBy(() -> JobOptions.parse("--prior", "happy=0.9"))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessage(
            "--prior must be a probability above 0 of each of happy, sad, angry and neutral,"
                + " together 1, such as happy=0.1,sad=0.05,angry=0.1,neutral=0.75,"
                + " but is 'happy=0.9'");
  }

  @Test
  void aBoundOfUncertaintyIsAProbability() throws InvalidOptionException {
    assertThat(JobOptions.parse("--uncertain-below", "0.5").get(AnalysisOptions.UNCERTAIN_BELOW))
        .isEqualTo(0.5);
    assertThatThrownBy(() -> JobOptions.parse("--uncertain-below", "1.5"))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessage("--uncertain-below must be a number from 0 to 1, but is '1.5'");
  }

  @ParameterizedTest
  @FieldSource("OLD_NAMES")
  void anOldNameStillTakesMilliseconds(String oldName, JobOption<Duration> option)
      throws InvalidOptionException {
    assertThat(JobOptions.parse("--" + oldName, "4000").get(option))
        .isEqualTo(Duration.ofSeconds(4));
  }

  @Test
  void theOldNameOfAMemorySizeStillTakesBytes() throws InvalidOptionException {
    assertThat(
            JobOptions.parse("--resident-memory-bytes", "1000")
                .get(AnalysisOptions.RESIDENT_MEMORY))
        .isEqualTo(new MemorySize(1000));
  }

  @Test
  void nestedYamlIsRefused() throws IOException {
    String file = file("job.yaml", "kafka:\n  security.protocol: SSL\n");

    assertThatThrownBy(() -> JobOptions.parse("--options", file))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("kafka in")
        .hasMessageContaining("must be one value on one line");
  }

  @Test
  void unknownOptionsInAFileAreRefused() throws IOException {
    String file = file("job.properties", "modeldir = somewhere\n");

    assertThatThrownBy(() -> JobOptions.parse("--options", file))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessage("there is no option --modeldir; did you mean --model-dir?");
  }

  @Test
  void aFileOfAnotherFormatIsRefused() throws IOException {
    String file = file("job.ini", "group-id = a\n");

    assertThatThrownBy(() -> JobOptions.parse("--options", file))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessage("--options must name a .properties, .yaml or .yml file, but is '" + file + "'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bootstrap-server|a:1|there is no option --bootstrap-server; did you mean"
            + " --bootstrap-servers?",
        "entirely-different-thing|1|there is no option --entirely-different-thing; --help lists"
            + " all",
        "kafka.securty.protocol|SSL|there is no option --kafka.securty.protocol; did you mean"
            + " --kafka.security.protocol?",
        "bootstrap-servers|localhost|--bootstrap-servers must be host:port, or several with commas,"
            + " but is 'localhost'",
        "reorder-bound|soon|--reorder-bound must be a duration from 0 ms to 10 min, but is 'soon'",
        "reorder-bound|11min|--reorder-bound must be a duration from 0 ms to 10 min, but is"
            + " '11min'",
        "reorder-bound-ms|-1|--reorder-bound must be a duration from 0 ms to 10 min, but is '-1'",
        "batch-size|0|--batch-size must be a whole number from 1 to 1024, but is '0'",
        "batch-size|1.5|--batch-size must be a whole number from 1 to 1024, but is '1.5'",
        "resident-memory|-1|--resident-memory must be a memory size, but is '-1'",
        "delivery|once|--delivery must be one of at-least-once, exactly-once, but is 'once'",
        "roles|customer,boss|--roles must be a list, separated by commas, of some of customer,"
            + " agent, unknown, but is 'customer,boss'",
        "roles|''|--roles must be a list, separated by commas, of some of customer, agent, unknown,"
            + " but is ''",
        "activity-roles|customer|--activity-roles must name no role of --roles, but both name"
            + " customer",
        "events-topic|a b|--events-topic must be a topic name of letters, digits, dots, dashes,"
            + " underscores, but is 'a b'",
        "checkpoint-dir|here|--checkpoint-dir must be a URI such as s3://bucket/folder, or an"
            + " absolute path, but is 'here'",
        "options|missing.yaml|--options must name a readable file, but is 'missing.yaml'",
      })
  void messagesNameTheOptionTheValueAndTheExpectation(String name, String value, String message) {
    assertThatThrownBy(() -> JobOptions.parse("--" + name, value))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessage(message);
  }

  @Test
  void anEqualsSignMaySeparateNameAndValue() throws InvalidOptionException {
    assertThat(JobOptions.parse("--group-id=a").get(KafkaOptions.GROUP_ID)).isEqualTo("a");
  }

  @Test
  void incompleteAndRepeatedOptionsAreRefused() {
    assertThatThrownBy(() -> JobOptions.parse("--group-id"))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessage("Missing required parameter for option '--group-id' (VALUE)");
    assertThatThrownBy(() -> JobOptions.parse("group-id", "a"))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessage("an option must start with two dashes, but is 'group-id'");
    assertThatThrownBy(() -> JobOptions.parse("--group-id", "a", "--group-id", "b"))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessage("option '--group-id' (VALUE) should be specified only once");
    assertThatThrownBy(() -> JobOptions.parse("--pause", "300", "--pause-ms", "300"))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("should be specified only once");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/var/state", "s3://bucket/folder", ""})
  void checkpointsAreStoredAtAPathOrAUri(String directory) throws InvalidOptionException {
    assertThat(JobOptions.parse("--checkpoint-dir", directory).get(RuntimeOptions.CHECKPOINT_DIR))
        .isEqualTo(directory);
  }

  @Test
  void noTopicIsBothInputAndOutput() {
    assertThatThrownBy(
            () -> JobOptions.parse("--audio-topic", "calls", "--dead-letters-topic", "calls"))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("the topics must differ, but are [calls,");
  }

  @Test
  void parallelismIsAtMostMaxParallelism() {
    assertThatThrownBy(() -> JobOptions.parse("--parallelism", "3", "--max-parallelism", "2"))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessage("--parallelism must be at most --max-parallelism = 2, but is 3");
  }

  @Test
  void transactionsMustOutliveFailedCheckpointsAndARestart() {
    assertThatThrownBy(
            () -> JobOptions.parse("--delivery", "exactly-once", "--transaction-timeout", "535 s"))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessage(
            "--transaction-timeout must be more than 4 x (--checkpoint-interval plus"
                + " --checkpoint-timeout) plus the longest delay of a restart = 535 s, or events"
                + " are lost, but is 535 s");
  }

  @Test
  void theDefaultsAllowExactlyOnceWithinTheBrokersLongestTransaction()
      throws InvalidOptionException {
    JobOptions options = JobOptions.parse("--delivery", "exactly-once");

    assertThat(options.get(KafkaOptions.TRANSACTION_TIMEOUT)).isEqualTo(Duration.ofMinutes(15));
  }

  @Test
  void aLongerFirstDelayIsTheLongestToo() throws InvalidOptionException {
    assertThat(JobOptions.parse("--restart-delay", "5min").longestRestartDelay())
        .isEqualTo(Duration.ofMinutes(5));
    assertThat(JobOptions.parse("--restart-most-failures", "3").longestRestartDelay())
        .isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void kafkaPropertiesReachKafkaClients() throws InvalidOptionException {
    JobOptions options = JobOptions.parse("--kafka.security.protocol", "SASL_SSL");

    assertThat(options.kafkaClientProperties()).isEqualTo(Map.of("security.protocol", "SASL_SSL"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"max.request.size", "buffer.memory"})
  void producersMustTakeTheLargestDeadLetter(String property) throws InvalidOptionException {
    assertThatThrownBy(() -> JobOptions.parse("--kafka." + property, "100000"))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessage(
            "--kafka."
                + property
                + " must be at least 557056 bytes, the size of the largest dead letter, but is"
                + " '100000'");
    assertThat(JobOptions.parse("--kafka." + property, "557056").kafkaClientProperties())
        .containsEntry(property, "557056");
  }

  @Test
  void referencesToSecretsAndTheirProvidersReachKafkaClientsUnresolved()
      throws InvalidOptionException, IOException {
    String reference = "${file:/etc/undertone/kafka.properties:jaas}";
    String file = file("job.yaml", "kafka.ssl.keystore.password: ${env:KEYSTORE_PASSWORD}\n");

    JobOptions options =
        JobOptions.parse(
            "--kafka.sasl.jaas.config",
            reference,
            "--kafka.config.providers=file",
            "--kafka.config.providers.file.class=org.example.Vault",
            "--options",
            file);

    assertThat(options.kafkaClientProperties())
        .containsEntry("sasl.jaas.config", reference)
        .containsEntry("config.providers", "file")
        .containsEntry("config.providers.file.class", "org.example.Vault")
        .containsEntry("ssl.keystore.password", "${env:KEYSTORE_PASSWORD}");
  }

  @Test
  void optionsAreImmutable() {
    JobOptions defaults = JobOptions.defaults();

    JobOptions changed = defaults.with(AnalysisOptions.BATCH_SIZE, 8);

    assertThat(changed.get(AnalysisOptions.BATCH_SIZE)).isEqualTo(8);
    assertThat(defaults.get(AnalysisOptions.BATCH_SIZE)).isEqualTo(32);
  }

  @Test
  void valuesSetInCodeAreCheckedToo() {
    assertThatThrownBy(
            () -> JobOptions.defaults().with(AnalysisOptions.BATCH_WAIT, Duration.ofHours(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("--batch-wait must be a duration from 0 ms to 1 min, but is '1 h'");
  }

  @Test
  void alertRulesThatCannotBeUsedAreRefusedWithTheirLines(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("rules.yaml"), "- alert: A\n  when: {emotion: x}");

    assertThatThrownBy(() -> JobOptions.parse("--alert-rules=" + file))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("2:19: 'emotion' must be one of happy");
    assertThatThrownBy(() -> JobOptions.parse("--alert-rules=" + folder.resolve("none.yaml")))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("--alert-rules cannot be read");
  }

  @Test
  void rulesThatNeedTheAgentAreRefusedByNameUntilItsActivityIsHeard(@TempDir Path folder)
      throws IOException, InvalidOptionException {
    Path file =
        Files.writeString(
            folder.resolve("rules.yaml"), "{alert: Rude, when: {interruptions: '> 3'}}");

    assertThatThrownBy(() -> JobOptions.parse("--alert-rules=" + file))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("rule 'Rude' looks for interruptions")
        .hasMessageContaining("--activity-roles agent");
    assertThat(JobOptions.parse("--alert-rules=" + file, "--activity-roles=agent").alertRules())
        .contains("Rude");
  }

  @Test
  void allDefinedOptionsAreListed() {
    List<String> defined =
        Stream.of(
                KafkaOptions.class,
                AnalysisOptions.class,
                LimitOptions.class,
                AlertRuleOptions.class,
                RuntimeOptions.class)
            .flatMap(group -> Arrays.stream(group.getFields()))
            .map(Field::getName)
            .toList();

    assertThat(JobOptions.all())
        .extracting(option -> option.name().replace('-', '_').toUpperCase(Locale.ROOT))
        .containsExactlyElementsOf(defined);
  }

  @Test
  void theHelpNamesEachOptionWithItsDefault() {
    assertThat(JobOptions.help())
        .contains("--options FILE")
        .contains("--bootstrap-servers VALUE", "default: localhost:9092")
        .contains("--reorder-bound VALUE", "a duration from 0 ms to 10 min; default: 2 s")
        .contains("--max-parallelism VALUE", "default: 720")
        .contains("--restart-most-failures VALUE", "default: 0")
        .doesNotContain("-ms VALUE");
  }

  private static Object[] old(String name, JobOption<Duration> option) {
    return new Object[] {name, option};
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text).toString();
  }
}
