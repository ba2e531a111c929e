package io.undertone.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.undertone.cli.terminal.UserErrorException;
import io.undertone.schemas.EventKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFileTest {

  @Test
  void anErasedCallLeavesTheFile(@TempDir Path directory) throws IOException, UserErrorException {
    Path path = directory.resolve("events.jsonl");
    EventFile file = EventFile.at(path);

    file.write(ErasedEvents.event("call-1", EventKind.UTTERANCE));
    file.write(ErasedEvents.event("call-2", EventKind.UTTERANCE));
    file.write(ErasedEvents.event("call-1", EventKind.CONVERSATION));
    file.write(ErasedEvents.event("call-1", EventKind.ERASED));
    file.write(ErasedEvents.event("call-2", EventKind.CONVERSATION));

    assertThat(kinds(path))
        .containsExactly("call-2 UTTERANCE", "call-1 ERASED", "call-2 CONVERSATION");
  }

  @Test
  void theFileIsEmptyAtFirst(@TempDir Path directory) throws IOException, UserErrorException {
    Path path = Files.writeString(directory.resolve("events.jsonl"), "of a run before");
    EventFile.at(path);

    assertThat(path).isEmptyFile();
  }

  private static List<String> kinds(Path path) throws IOException {
    List<String> kinds = new ArrayList<>();
    for (String line : Files.readAllLines(path)) {
      JsonNode event = new ObjectMapper().readTree(line);
      kinds.add(event.get("conversationId").asText() + ' ' + event.get("kind").asText());
    }
    return kinds;
  }
}
