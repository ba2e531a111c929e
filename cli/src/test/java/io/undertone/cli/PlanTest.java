package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanTest {

  @Test
  void endsWithAPlanForEachNumberOfCalls() throws IOException {
    CommandRun run =
        CommandRun.of(
            "plan",
            "--model",
            "../models/undertone-small",
            "--device",
            "core:95:0.45:8",
            "--calls",
            "1000,1000000",
            "--json");

    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    JsonNode json = new ObjectMapper().readTree(run.out().get(run.out().size() - 1));
    assertThat(json.path("plans")).hasSize(2);
    JsonNode million = json.path("plans").get(1);
    assertThat(million.path("calls").asLong()).isEqualTo(1_000_000);
    assertThat(million.path("devices").asLong()).isGreaterThan(1_000);
    assertThat(million.path("stateBytes").asLong()).isGreaterThan(500_000_000L);
  }

  @Test
  void plansWithTheFiguresOfABench(@TempDir Path directory) throws IOException {
    Path bench = directory.resolve("bench.json");
    Files.writeString(bench, MachineLines.ofUtterances(20));
    Path slower = directory.resolve("slower.json");
    Files.writeString(slower, MachineLines.ofUtterances(40));

    assertThat(devices(bench)).isPositive().isLessThan(0.6 * devices(slower));
  }

  private static double devices(Path bench) throws IOException {
    CommandRun run =
        CommandRun.of(
            "plan",
            "--model",
            "../models/undertone-small",
            "--device",
            "core:95:0.45:8",
            "--bench",
            bench.toString(),
            "--calls",
            "100000",
            "--json");
    JsonNode json = new ObjectMapper().readTree(run.out().get(run.out().size() - 1));
    return json.path("plans").get(0).path("devices").asDouble();
  }

  @Test
  void knowsLlamaByItsRank() {
    CommandRun run =
        CommandRun.of(
            "plan",
            "--model",
            "llama-2-7b-rank-8",
            "--device",
            "gpu:100000:0.4:80",
            "--calls",
            "1000");

    assertThat(run.status()).isZero();
    assertThat(run.out().get(0)).startsWith("llama-2-7b-rank-8 on gpu");
  }

  @Test
  void whatCannotBePlannedIsAnErrorOfOneLine() {
    String fitting = "gpu:100000:0.4:80";

    assertUserError("the weights of llama-2-7b-rank-8", "--device", "gpu:100000:0.4:8");
    assertUserError("NAME:GFLOPS:FRACTION:GIB", "--device", "gpu");
    assertUserError("calls must be from 1", "--device", fitting, "--calls", "-5");
    assertUserError("p95 must be at most 100 ms", "--device", fitting, "--p95", "100");
    assertUserError("channelsPerCore", "--device", fitting, "--channels-per-core", "0");
    assertUserError("'nowhere' does not exist", "--device", fitting, "--model", "nowhere");
  }

  private static void assertUserError(String part, String... arguments) {
    Stream<String> model =
        List.of(arguments).contains("--model")
            ? Stream.of("plan")
            : Stream.of("plan", "--model", "llama-2-7b-rank-8");
    CommandRun run =
        CommandRun.of(Stream.concat(model, Stream.of(arguments)).toArray(String[]::new));

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).singleElement().asString().contains(part);
  }
}
