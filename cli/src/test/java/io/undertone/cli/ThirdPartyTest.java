package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ThirdPartyTest {
  private static final Path GENERATED = Path.of("target/THIRD-PARTY.txt");
  private static final Path COMMITTED = Path.of("../THIRD-PARTY.txt");

  /**
   * The build writes the list and refuses unknown licences; see license-maven-plugin in pom.xml.
   */
  @Test
  void theCommittedListIsFresh() {
    assertThat(COMMITTED)
        .as("update it with: cp cli/target/THIRD-PARTY.txt .")
        .hasSameTextualContentAs(GENERATED);
  }
}
