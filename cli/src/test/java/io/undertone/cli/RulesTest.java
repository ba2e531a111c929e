package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulesTest {
  private static final String EVENTS = "../notebooks/events.jsonl";

  @TempDir private Path folder = Path.of("");

  @Test
  void theDefaultRulesArePrintedAndCheck() throws IOException {
    CommandRun printed = CommandRun.of("rules");
    Path file = Files.write(folder.resolve("default.yaml"), printed.out());

    CommandRun run = CommandRun.of("rules", "check", file.toString());

    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    assertThat(run.out()).containsExactly(file + ": 5 rules");
  }

  @Test
  void eachProblemIsALineWithItsPlace() throws IOException {
    Path file = rules("- alert: A\n  when: {emotion: x}\n- alert: B\n  when: {interruptions: 3}");

    CommandRun run = CommandRun.of("rules", "check", file.toString());

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).hasSize(2);
    assertThat(run.err().get(0)).startsWith(file + ":2:19: 'emotion' must be one of ");
    assertThat(run.err().get(1)).startsWith(file + ":4:25: 'interruptions' must be a comparison");
  }

  @Test
  void recordedEventsShowWhichAlertsFire() throws IOException {
    Path file =
        rules(
            """
            - alert: Ended
              when: {callScore: ">= 0"}
              annotations: {summary: "{{ $call }} has ended"}
            - alert: Never
              when: {callScore: "< 0"}
            """);

    CommandRun run = CommandRun.of("rules", "check", file.toString(), "--events", EVENTS, "--json");

    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    List<JsonNode> lines = run.out().stream().map(RulesTest::json).toList();
    int calls = BundledCallsTest.calls().size();
    JsonNode counts = lines.get(lines.size() - 1);
    assertThat(counts.get("fired").toString()).isEqualTo("{\"Ended\":" + calls + "}");
    assertThat(counts.get("calls").asInt()).isEqualTo(calls);
    assertThat(lines.subList(0, 2 * calls))
        .allMatch(alert -> alert.get("rule").asText().equals("Ended"));
    CommandRun table = CommandRun.of("rules", "check", file.toString(), "--events", EVENTS);
    assertThat(table.out()).hasSize(2 + 4 * calls);
    for (int line = 1; line < 4 * calls; line += 2) {
      String call = table.out().get(line).split(" ")[0];
      assertThat(table.out().get(line + 1)).isEqualTo("    summary: " + call + " has ended");
    }
    assertThat(table.out().get(1 + 4 * calls)).endsWith("fired: Ended " + calls);
  }

  @Test
  void aLineThatIsNoEventIsNamed() throws IOException {
    Path events = Files.writeString(folder.resolve("events.jsonl"), "{\"eventId\": \"x\"}\n");

    CommandRun run =
        CommandRun.of(
            "rules",
            "check",
            rules("- {alert: A, when: {emotion: sad}}").toString(),
            "--events",
            events.toString());

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .last()
        .asString()
        .contains("events.jsonl:1: no event: it must have 'kind'");
  }

  private Path rules(String yaml) throws IOException {
    return Files.writeString(folder.resolve("rules.yaml"), yaml);
  }

  private static JsonNode json(String line) {
    try {
      return new ObjectMapper().readTree(line);
    } catch (IOException e) {
      throw new IllegalArgumentException(line, e);
    }
  }
}
