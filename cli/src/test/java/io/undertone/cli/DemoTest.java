package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * One run of the demo on a real broker and a real cluster, and what can be done with its events.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DemoTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Path eventsFile = Path.of("");
  private String model = "";
  private CommandRun demo = new CommandRun(-1, List.of(), List.of());
  private List<JsonNode> events = List.of();

  @BeforeAll
  void runDemo(@TempDir Path directory) throws IOException {
    model = CommandRun.modelIn(directory);
    eventsFile = directory.resolve("events.jsonl");
    demo =
        CommandRun.of(
            "demo",
            "--once",
            "--model",
            model,
            "--calls",
            CommandRun.CALLS.toString(),
            "--events",
            eventsFile.toString());
    events = parsed(Files.readAllLines(eventsFile));
  }

  @Test
  void theLastLineCountsWhatCame() throws IOException {
    assertThat(demo.status()).isZero();
    JsonNode counts = JSON.readTree(demo.out().get(demo.out().size() - 1));

    int calls = BundledCallsTest.calls().size();
    assertThat(counts.get("calls").asInt()).isEqualTo(calls);
    assertThat(counts.get("utterances").asInt()).isGreaterThanOrEqualTo(5 * calls);
    assertThat(counts.get("events").asInt()).isEqualTo(counts.get("utterances").asInt() + calls);
    assertThat(counts.get("deadLetters").asInt()).isZero();
    assertThat(counts.get("late").asInt()).isZero();
  }

  @Test
  void theFileHasEachEventOnce() {
    assertThat(events).extracting(event -> event.get("eventId").asText()).doesNotHaveDuplicates();
    assertThat(events)
        .extracting(event -> event.get("participantRole").asText())
        .containsOnly("CUSTOMER");
  }

  @Test
  void eventsHaveTheAttributesOfTheirCallAndTheEstimateWithoutMemory() {
    assertThat(events)
        .filteredOn(event -> event.get("conversationId").asText().equals("cold-house"))
        .isNotEmpty()
        .allMatch(event -> event.get("attributes").get("queue").asText().equals("heating"));
    assertThat(events)
        .filteredOn(event -> event.get("kind").asText().equals("UTTERANCE"))
        .allMatch(event -> event.get("probabilitiesWithoutMemory").size() == 4);
  }

  @Test
  void eachEventIsALineOfTheTable() {
    long utterances =
        demo.out().stream()
            .filter(line -> line.contains(" customer "))
            .filter(line -> !line.contains(" ALERT ") && !line.contains(" resolved "))
            .count();
    long ends = demo.out().stream().filter(line -> line.contains(" ended: ")).count();

    assertThat(utterances + ends).isEqualTo(events.size());
  }

  @Test
  void jobAndClassifyGiveTheSameEstimates() throws IOException {
    for (Path call : BundledCallsTest.calls()) {
      CommandRun classified =
          CommandRun.of(
              "classify", "--json", "--model", model, "--roles", "customer,agent", call.toString());

      List<JsonNode> lines = parsed(classified.out());
      JsonNode classifiedCall = lines.get(lines.size() - 1);
      JsonNode endOfCall = endOf(classifiedCall);
      for (String field : List.of("talkTime", "talkSpeed", "loudness", "utterances", "callScore")) {
        assertThat(endOfCall.get(field)).isEqualTo(classifiedCall.get("conversation").get(field));
      }
      List<JsonNode> utterances = lines.subList(0, lines.size() - 1);
      assertThat(utterances).isNotEmpty();
      for (JsonNode utterance : utterances) {
        JsonNode event = eventOf(utterance);
        for (String field :
            List.of("beginOffsetMillis", "endOffsetMillis", "emotion", "updateStep")) {
          assertThat(event.get(field)).isEqualTo(utterance.get(field));
        }
        assertThat(event.get("probabilities")).isEqualTo(utterance.get("probabilities"));
      }
    }
  }

  @Test
  @Tag("notebook")
  void theNotebookDrawsTheEvents(@TempDir Path directory) throws IOException, InterruptedException {
    Notebook timeline = Notebook.execute("call-timeline.ipynb", eventsFile, directory);

    int calls = BundledCallsTest.calls().size();
    assertThat(timeline.pictures()).isEqualTo(calls + 1);
    assertThat(timeline.printed()).anyMatch(line -> line.contains("of " + calls + " calls"));
  }

  private JsonNode endOf(JsonNode call) {
    return events.stream()
        .filter(event -> event.get("kind").asText().equals("CONVERSATION"))
        .filter(event -> event.get("conversationId").equals(call.get("conversationId")))
        .map(event -> event.get("conversation"))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no end of " + call));
  }

  private JsonNode eventOf(JsonNode utterance) {
    return events.stream()
        .filter(event -> event.get("kind").asText().equals("UTTERANCE"))
        .filter(event -> event.get("conversationId").equals(utterance.get("conversationId")))
        .filter(event -> event.get("utteranceIndex").equals(utterance.get("utteranceIndex")))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no event of " + utterance));
  }

  private static List<JsonNode> parsed(List<String> lines) throws IOException {
    List<JsonNode> objects = new ArrayList<>();
    for (String line : lines) {
      objects.add(JSON.readTree(line));
    }
    return objects;
  }
}
