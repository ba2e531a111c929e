package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.undertone.model.EmotionPrior;
import io.undertone.model.MemoryCodec;
import io.undertone.model.recognizer.ModelHandle;
import io.undertone.model.torch.TorchModelFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The events that the notebook draws are those of the default model. */
class NotebookEventsTest {
  private static final Path EVENTS = Path.of("../notebooks/events.jsonl");
  private static final Path MODEL = Path.of("../models/undertone-small");

  @Test
  void eachIsOfTheDefaultModel() throws IOException {
    String version;
    try (ModelHandle handle =
        new TorchModelFactory(MODEL.toString(), EmotionPrior.UNIFORM).open()) {
      version = handle.model().version().toString();
    }

    assertThat(events())
        .extracting(event -> event.get("modelVersion").asText())
        .as("notebooks/README.md says how the events are written anew")
        .containsOnly(version);
    assertThat(events())
        .extracting(event -> event.get("memoryVersion").asInt())
        .containsOnly(MemoryCodec.VERSION);
  }

  @Test
  void eachCallOfTheDemoHasEnded() throws IOException {
    List<String> calls =
        BundledCallsTest.calls().stream()
            .map(call -> call.getFileName().toString().replace(".flac", ""))
            .toList();

    assertThat(events())
        .filteredOn(event -> event.get("kind").asText().equals("CONVERSATION"))
        .extracting(event -> event.get("conversationId").asText())
        .containsExactlyInAnyOrderElementsOf(calls);
  }

  private static List<JsonNode> events() throws IOException {
    ObjectMapper json = new ObjectMapper();
    List<JsonNode> events = new ArrayList<>();
    for (String line : Files.readAllLines(EVENTS)) {
      events.add(json.readTree(line));
    }
    return events;
  }
}
