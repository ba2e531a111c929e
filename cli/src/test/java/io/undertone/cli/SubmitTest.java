package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.local.cluster.ClusterException;
import io.undertone.local.cluster.FlinkClient;
import io.undertone.local.cluster.JavaProcess;
import io.undertone.local.embedded.EmbeddedKafka;
import io.undertone.local.embedded.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job on a cluster that was assembled, as docs/deployment.md describes it. */
class SubmitTest {
  private static final Path MODEL = Path.of("../models/undertone-small");

  @TempDir private Path directory;

  @Test
  void anAssembledClusterTakesTheJob() throws IOException, ClusterException, InterruptedException {
    Path home = directory.resolve("flink");
    CommandRun assembled = CommandRun.of("assemble", home.toString());
    assertThat(assembled.err()).isEmpty();
    assertThat(assembled.out()).containsExactly(home.toString());
    List<Integer> ports = FreePorts.pick(2);
    String rpc = "-Djobmanager.rpc.port=" + ports.get(0);
    String rest = "-Drest.port=" + ports.get(1);
    // A busy machine is not a dead one.
    String[] patience = {"-Dpekko.ask.timeout=2min", "-Dweb.timeout=2min"};
    URI address = URI.create("http://localhost:" + ports.get(1));
    FlinkClient client = new FlinkClient(address, home.resolve("usrlib/undertone-jobs.jar"));
    try (EmbeddedKafka kafka = EmbeddedKafka.start();
        JavaProcess jobManager = process(home, "jobmanager", rpc, rest, patience[0], patience[1]);
        JavaProcess taskManager = process(home, "taskmanager", rpc)) {
      client.awaitTaskManagers(1, List.of(jobManager, taskManager));

      CommandRun run =
          CommandRun.of(
              "submit",
              "--cluster=" + address,
              "--create-topics",
              "--bootstrap-servers=" + kafka.bootstrapServers(),
              "--model-dir=" + MODEL.toAbsolutePath().normalize());

      assertThat(run.err()).isEmpty();
      assertThat(run.out()).singleElement().asString().matches("[0-9a-f]{32}");
      assertThat(client.allTasksRunning(run.out().get(0))).isTrue();
    }
  }

  @Test
  void whatCannotBeDoneIsNamedInOneLine() throws IOException {
    Files.writeString(directory.resolve("file"), "");

    assertFailure(2, "must be empty", "assemble", directory.toString());
    assertFailure(2, "is a file", "assemble", directory.resolve("file").toString());
    assertFailure(2, "--cluster must be a URL", "submit", "--cluster", "flink:8081");
    assertFailure(2, "--batch-size must be a whole number", "submit", "--batch-size", "none");
    assertFailure(1, "did not answer", "submit", "--cluster", "http://localhost:1");
  }

  private JavaProcess process(Path home, String kind, String... settings) {
    List<String> program = new ArrayList<>(List.of(home.resolve("bin/cluster").toString(), kind));
    program.addAll(List.of(settings));
    JavaProcess process =
        JavaProcess.define(
            kind,
            program,
            Map.of("JVM_ARGS", "-XX:+UseSerialGC -XX:TieredStopAtLevel=1"),
            directory.resolve(kind + ".log"),
            directory.resolve(kind));
    process.start();
    return process;
  }

  private static void assertFailure(int status, String part, String... arguments) {
    CommandRun run = CommandRun.of(arguments);

    assertThat(run.err()).singleElement().asString().startsWith("undertone: ").contains(part);
    assertThat(run.out()).isEmpty();
    assertThat(run.status()).isEqualTo(status);
  }
}
