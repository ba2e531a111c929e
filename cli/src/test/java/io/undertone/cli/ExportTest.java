package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command refuses; {@link SqlTest} and {@link ErasedCallTest} see it write. */
class ExportTest {

  @Test
  void thePasswordIsNotInTheCommandLine() {
    String url = "jdbc:postgresql://localhost/calls?user=anna&password=secret";

    CommandRun run = export("--jdbc", url);

    assertError(run, 2, "a URL without a password, which belongs into the file of");
    assertThat(run.err().toString()).doesNotContain("secret");
  }

  @Test
  void anotherDatabaseIsRefused() {
    assertError(
        export("--jdbc", "jdbc:mysql://localhost/calls"),
        2,
        "--jdbc must begin with jdbc:postgresql:, but is jdbc:mysql");
  }

  @Test
  void thereIsOneDestination(@TempDir Path folder) {
    String parquet = folder.toString();

    assertError(export(), 2, "--parquet");
    assertError(
        export("--parquet", parquet, "--jdbc", "jdbc:postgresql:calls"), 2, "mutually exclusive");
    assertError(
        export("--parquet", parquet, "--follow", "--every", "0"), 2, "--every must be at least 1");
  }

  private static CommandRun export(String... options) {
    return CommandRun.of(
        Stream.concat(Stream.of("export", "--bootstrap-servers", "localhost:1"), Stream.of(options))
            .toArray(String[]::new));
  }

  private static void assertError(CommandRun run, int status, String message) {
    assertThat(run.err()).singleElement().asString().contains(message);
    assertThat(run.status()).isEqualTo(status);
  }
}
