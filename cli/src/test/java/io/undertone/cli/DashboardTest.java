package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command refuses. The server itself is tested in its module. */
class DashboardTest {
  @TempDir private Path directory;

  @Test
  void otherMachinesMustAuthenticate() {
    assertUserError("--users or --proxies", "--host", "0.0.0.0");
  }

  @Test
  void thereIsOneWayIn() throws IOException {
    Path users = Files.writeString(directory.resolve("users"), "");

    assertUserError("not both", "--users", users.toString(), "--proxies", "10.0.0.1");
    assertUserError("a line for each user", "--users", users.toString());
    assertUserError("missing", "--users", directory.resolve("missing").toString());
  }

  @Test
  void boundsArePositive() {
    assertUserError("0 calls", "--max-calls", "0");
  }

  @Test
  void aPortIsOne() {
    assertUserError("from 0 to 65535, but is '99999'", "--port", "99999");
    assertUserError("from 0 to 65535, but is 'http'", "--port", "http");
  }

  @Test
  void theDemoRefusesAPortBeforeItStartsAnything() {
    CommandRun run = CommandRun.of("demo", "--dashboard-port", "-1");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .singleElement()
        .asString()
        .contains("--dashboard-port", "from 0 to 65535, but is '-1'");
  }

  @Test
  void aMissingBrokerIsNamed() throws IOException {
    String broker;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      broker = "localhost:" + socket.getLocalPort();
    }
    CommandRun run = CommandRun.of("dashboard", "--bootstrap-servers", broker);

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).singleElement().asString().contains(broker);
  }

  private static void assertUserError(String part, String... options) {
    String[] arguments = new String[options.length + 3];
    arguments[0] = "dashboard";
    arguments[1] = "--bootstrap-servers";
    arguments[2] = "localhost:1";
    System.arraycopy(options, 0, arguments, 3, options.length);
    CommandRun run = CommandRun.of(arguments);

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).singleElement().asString().contains(part);
  }
}
