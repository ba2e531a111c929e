package io.undertone.jobs.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionReaderTest {
  private final List<String> warnings = new ArrayList<>();
  private final OptionReader reader = new OptionReader(JobOptions.all(), warnings::add);

  @Test
  void anOldNameGivesAWarningAndTheNewName() throws InvalidOptionException {
    assertThat(reader.read(List.of("--pause-ms=300", "--group-id", "a")))
        .containsEntry("pause", "300")
        .containsEntry("group-id", "a")
        .hasSize(2);
    assertThat(warnings).containsExactly("--pause-ms is deprecated: use --pause");
  }

  @Test
  void aNewNameGivesNoWarning() throws InvalidOptionException {
    assertThat(reader.read(List.of("--pause", "300"))).containsEntry("pause", "300");
    assertThat(warnings).isEmpty();
  }

  @Test
  void aPasswordOnTheCommandLineGivesAWarningWithoutThePassword() throws InvalidOptionException {
    reader.read(List.of("--kafka.ssl.key.password", "hunter2", "--kafka.acks", "all"));

    assertThat(warnings)
        .containsExactly(
            "--kafka.ssl.key.password on a command line shows the secret in Flink's configuration"
                + " and in process lists: refer to a file instead, as ${file:/PATH:KEY}");
  }

  @Test
  void aReferenceToAPasswordGivesNoWarning() throws InvalidOptionException {
    reader.read(List.of("--kafka.ssl.key.password", "${file:/etc/kafka.properties:key}"));

    assertThat(warnings).isEmpty();
  }
}
