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
}
