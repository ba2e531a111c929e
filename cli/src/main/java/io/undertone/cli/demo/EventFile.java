package io.undertone.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.undertone.cli.terminal.IoMessages;
import io.undertone.cli.terminal.JsonLines;
import io.undertone.cli.terminal.UserErrorException;
import io.undertone.schemas.EmotionEvent;
import io.undertone.schemas.EventKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes events as JSON lines; each is in the file when {@link #write} returns. A call that was
 * erased leaves the file, but for the event that says so.
 */
final class EventFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final @Nullable Path file;

  private EventFile(@Nullable Path file) {
    this.file = file;
  }

  /** Creates or truncates a file; without a name nothing is written. */
  static EventFile at(@Nullable Path file) throws UserErrorException {
    if (file != null) {
      try {
        Files.writeString(file, "");
      } catch (IOException e) {
        throw new UserErrorException("--events cannot be written: " + IoMessages.of(e), e);
      }
    }
    return new EventFile(file);
  }

  void write(EmotionEvent event) throws IOException {
    if (file == null) {
      return;
    }
    if (event.getKind() == EventKind.ERASED) {
      erase(event, file);
    }
    Files.writeString(file, JsonLines.of(event) + "\n", StandardOpenOption.APPEND);
  }

  /** Removes the events of a call. */
  private static void erase(EmotionEvent erased, Path file) throws IOException {
    List<String> kept = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (!isOfSameCall(JSON.readTree(line), erased)) {
        kept.add(line);
      }
    }
    Files.write(file, kept);
  }

  private static boolean isOfSameCall(JsonNode line, EmotionEvent event) {
    return line.path("tenant").asText().equals(event.getTenant())
        && line.path("conversationId").asText().equals(event.getConversationId());
  }
}
