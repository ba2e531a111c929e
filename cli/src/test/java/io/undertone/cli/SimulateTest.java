package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulateTest {
  @TempDir private Path directory;

  @Test
  void endsWithAllHoursAsJson() throws IOException {
    JsonNode day = simulated("--calls", "2000", "--hours-to-failure", "100");

    assertThat(day.path("hours")).hasSize(24);
    assertThat(day.path("calls").asLong()).isBetween(1_800L, 2_200L);
    assertThat(day.path("latencyMs").path("p95").asDouble()).isBetween(250.0, 1_000.0);
    assertThat(day.path("machineHours").asDouble()).isEqualTo(24);
  }

  @Test
  void rescalingTakesFewerMachineHours() throws IOException {
    String[] twoCallsAMachine = {"--calls", "500", "--calls-per-machine", "2"};
    double allDay = simulated(twoCallsAMachine).path("machineHours").asDouble();
    double byHour =
        simulated(
                Stream.concat(Stream.of(twoCallsAMachine), Stream.of("--rescale"))
                    .toArray(String[]::new))
            .path("machineHours")
            .asDouble();

    assertThat(byHour).isBetween(24.0, 0.7 * allDay);
  }

  @Test
  void simulatesTheMachineOfABench() throws IOException {
    Path bench = directory.resolve("bench.json");
    Files.writeString(bench, MachineLines.ofUtterances(123));

    JsonNode day = simulated("--calls", "500", "--bench", bench.toString());

    assertThat(day.path("machine").path("utteranceMs").asDouble()).isEqualTo(123);
  }

  @Test
  void whatCannotBeSimulatedIsAnErrorOfOneLine() throws IOException {
    Path other = directory.resolve("other.json");
    Files.writeString(other, "{\"machine\":{\"cores\":\"two\"}}\n");
    Path text = directory.resolve("text");
    Files.writeString(text, "nothing\n");

    assertUserError("calls must be from 1", "--calls", "0");
    assertUserError("jobs must be at least 1", "--jobs", "0");
    assertUserError("machines of a job must be from 1", "--machines", "0");
    assertUserError("calls-per-machine must be at least 1", "--calls-per-machine", "0");
    assertUserError("--rescale must not be given", "--machines", "2", "--rescale");
    assertUserError("must be a number, but is \"two\"", "--bench", other.toString());
    assertUserError(text.toString(), "--bench", text.toString());
    assertUserError("nowhere", "--bench", "nowhere");
  }

  private static JsonNode simulated(String... arguments) throws IOException {
    CommandRun run = run(Stream.concat(Stream.of(arguments), Stream.of("--json")));

    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    return new ObjectMapper().readTree(run.out().get(run.out().size() - 1));
  }

  private static void assertUserError(String part, String... arguments) {
    CommandRun run = run(Stream.of(arguments));

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).singleElement().asString().contains(part);
  }

  private static CommandRun run(Stream<String> arguments) {
    return CommandRun.of(Stream.concat(Stream.of("simulate"), arguments).toArray(String[]::new));
  }
}
