package io.undertone.jobs.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OptionsTableTest {
  private static final Path DOCUMENT = Path.of("../docs/deployment.md");
  private static final String BEGIN = "<!-- options: generated -->\n\n";
  private static final String END = "\n<!-- options: end -->";
  private static final String COMMAND =
      "mvn -pl jobs -am test -Dtest=OptionsTableTest -Dundertone.write-docs"
          + " -Dsurefire.failIfNoSpecifiedTests=false";

  @Test
  void theDocumentedTableIsFresh() throws IOException {
    String fresh = withTable(Files.readString(DOCUMENT), OptionsTable.of(JobOptions.all()));
    if (System.getProperty("undertone.write-docs") != null) {
      Files.writeString(DOCUMENT, fresh);
    }

    assertThat(Files.readString(DOCUMENT))
        .as("%s is stale; update it by: %s", DOCUMENT, COMMAND)
        .isEqualTo(fresh);
  }

  private static String withTable(String document, String table) {
    int begin = document.indexOf(BEGIN) + BEGIN.length();
    int end = document.indexOf(END);
    assertThat(document).contains(BEGIN, END);
    return document.substring(0, begin) + table + document.substring(end);
  }
}
