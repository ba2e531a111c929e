package io.undertone.jobs.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.model.MemoryEncoding;
import io.undertone.model.MemoryEncoding.OptimizerState;
import io.undertone.model.MemoryEncoding.Weights;
import io.undertone.model.recognizer.BatchLimits;
import io.undertone.operators.recognize.RecognizeOptions;
import io.undertone.schemas.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobOptionsTest {
  @TempDir private Path directory;

  @Test
  void theDefaultsAnalyseTheCustomerAndSaveState() throws InvalidOptionException {
    JobOptions options = JobOptions.parse();

    assertThat(options.analysis().decode().analysedRoles()).containsExactly(Role.CUSTOMER);
    assertThat(options.kafka().topics()).isEqualTo(TopicNames.DEFAULT);
    assertThat(options.kafka().delivery()).isEqualTo(Delivery.AT_LEAST_ONCE);
    assertThat(options.runtime().checkpoints().intervalMs()).isEqualTo(10_000);
    assertThat(options.runtime().parallelism()).isEmpty();
  }

  @Test
  void theCommandLineWinsOverAPropertiesFile() throws InvalidOptionException, IOException {
    Path file = directory.resolve("job.properties");
    Files.writeString(file, "group-id = of-file\nreorder-bound-ms = 500\n");

    JobOptions options = JobOptions.parse("--group-id", "of-line", "--options", file.toString());

    assertThat(options.kafka().groupId()).isEqualTo("of-line");
    assertThat(options.analysis().order().reorderBoundMs()).isEqualTo(500);
  }

  @Test
  void aYamlFileGivesValuesAndLists() throws InvalidOptionException, IOException {
    Path file = directory.resolve("job.yaml");
    Files.writeString(file, "reorder-bound-ms: 500\nroles: [customer, agent]\n");

    JobOptions options = JobOptions.parse("--options", file.toString());

    assertThat(options.analysis().order().reorderBoundMs()).isEqualTo(500);
    assertThat(options.analysis().decode().analysedRoles())
        .containsExactlyInAnyOrder(Role.CUSTOMER, Role.AGENT);
  }

  @Test
  void callsShareTheModelAsTold() throws InvalidOptionException {
    assertThat(JobOptions.parse().analysis().recognize()).isEqualTo(RecognizeOptions.defaults());

    JobOptions options =
        JobOptions.parse(
            "--batch-size",
            "8",
            "--batch-wait-ms",
            "0",
            "--resident-memory-bytes",
            "1000",
            "--saved-weights",
            "bf16",
            "--saved-optimizer",
            "dropped");

    assertThat(options.analysis().recognize())
        .isEqualTo(
            RecognizeOptions.defaults()
                .withBatches(new BatchLimits(8, 0))
                .withResidentBytes(1_000)
                .withSaving(new MemoryEncoding(Weights.BF16, OptimizerState.DROPPED)));
  }

  @Test
  void nestedYamlIsRefused() throws IOException {
    Path file = directory.resolve("job.yaml");
    Files.writeString(file, "kafka:\n  security.protocol: SSL\n");

    assertThatThrownBy(() -> JobOptions.parse("--options", file.toString()))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("kafka in")
        .hasMessageContaining("must be one value on one line");
  }

  @Test
  void unknownNamesInAFileAreRefusedToo() throws IOException {
    Path file = directory.resolve("job.properties");
    Files.writeString(file, "modeldir = somewhere\n");

    assertThatThrownBy(() -> JobOptions.parse("--options", file.toString()))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessage("there is no option --modeldir; did you mean --model-dir?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bootstrap-server|a:1|there is no option --bootstrap-server; did you mean"
            + " --bootstrap-servers?",
        "entirely-different-thing|1|there is no option --entirely-different-thing; --help lists all",
        "kafka.securty.protocol|SSL|there is no option --kafka.securty.protocol; did you mean"
            + " --kafka.security.protocol?",
        "bootstrap-servers|localhost|--bootstrap-servers must be host:port, or several with commas,"
            + " but is 'localhost'",
        "reorder-bound-ms|soon|--reorder-bound-ms must be a whole number from 0 to 600000, but is"
            + " 'soon'",
        "reorder-bound-ms|-1|--reorder-bound-ms must be a whole number from 0 to 600000, but is"
            + " '-1'",
        "batch-size|0|--batch-size must be a whole number from 1 to 1024, but is '0'",
        "resident-memory-bytes|-1|--resident-memory-bytes must be a whole number from 0 to"
            + " 1099511627776, but is '-1'",
        "delivery|once|--delivery must be one of at-least-once, exactly-once, but is 'once'",
        "roles|customer,boss|--roles must be a list, separated by commas, of some of customer,"
            + " agent, unknown, but is 'customer,boss'",
        "events-topic|a b|--events-topic must be a topic name of letters, digits, dots, dashes,"
            + " underscores, but is 'a b'",
        "checkpoint-dir|here|--checkpoint-dir must be a URI such as s3://bucket/folder, or an"
            + " absolute path, but is 'here'",
        "options|missing.yaml|--options must name a readable file, but is 'missing.yaml'",
      })
  void messagesNameTheValueAndTheExpectation(String name, String value, String message) {
    assertThatThrownBy(() -> JobOptions.parse("--" + name, value))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessage(message);
  }

  @Test
  void anEqualsSignMayStandBeforeTheValue() throws InvalidOptionException {
    assertThat(JobOptions.parse("--group-id=a").kafka().groupId()).isEqualTo("a");
  }

  @Test
  void pairsThatAreNoPairsAreRefused() {
    assertThatThrownBy(() -> JobOptions.parse("--group-id"))
        .hasMessage("--group-id must be followed by its value, but is last");
    assertThatThrownBy(() -> JobOptions.parse("group-id", "a"))
        .hasMessage("an option must begin with two dashes, but is 'group-id'");
    assertThatThrownBy(() -> JobOptions.parse("--group-id", "a", "--group-id", "b"))
        .hasMessage("--group-id must be given once, but is given twice");
  }

  @Test
  void checkpointsLieAtAUri() throws InvalidOptionException {
    assertThat(
            JobOptions.parse("--checkpoint-dir", "/var/state").runtime().checkpoints().directory())
        .contains("file:///var/state");
    assertThat(JobOptions.parse("--checkpoint-dir", "s3://b/f").runtime().checkpoints().directory())
        .contains("s3://b/f");
    assertThat(JobOptions.parse().runtime().checkpoints().directory()).isEmpty();
  }

  @Test
  void aTopicCannotBeReadAndWritten() {
    assertThatThrownBy(
            () -> JobOptions.parse("--audio-topic", "calls", "--dead-letters-topic", "calls"))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("the four topics must differ, but are [calls,");
  }

  @Test
  void aTransactionMustOutliveACheckpoint() {
    assertThatThrownBy(
            () ->
                JobOptions.parse("--delivery", "exactly-once", "--transaction-timeout-ms", "60000"))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("--transaction-timeout-ms must be more than")
        .hasMessageContaining("310000")
        .hasMessageEndingWith("but is 60000");
  }

  @Test
  void kafkasOwnPropertiesArePassedOn() throws InvalidOptionException {
    JobOptions options = JobOptions.parse("--kafka.security.protocol", "SASL_SSL");

    assertThat(options.kafka().clientProperties()).containsEntry("security.protocol", "SASL_SSL");
  }

  @Test
  void theHelpNamesEachOptionWithItsDefault() {
    assertThat(JobOptions.help())
        .contains("--options FILE")
        .contains("--bootstrap-servers localhost:9092")
        .contains("--reorder-bound-ms 2000")
        .contains("--max-parallelism 720")
        .contains("--restart-most-failures 10");
  }
}
