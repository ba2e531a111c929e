package io.undertone.cli.classify;

import io.undertone.cli.recording.Recording;
import io.undertone.cli.terminal.JsonLines;
import io.undertone.model.EmotionEstimate;
import io.undertone.model.ModelVersion;
import io.undertone.schemas.EventKind;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Prints one JSON object for each utterance, and one for each call, with the field names of events.
 */
final class JsonPrinter implements ResultPrinter {
  private final PrintWriter out;
  private String modelVersion = "";

  JsonPrinter(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void begin(Recording recording, ModelVersion model) {
    modelVersion = model.toString();
  }

  @Override
  public void print(Recording recording, ClassifiedUtterance result) {
    EmotionEstimate estimate = result.recognition().estimate();
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    line.put("file", recording.file().toString());
    line.put("conversationId", recording.conversationId());
    line.put("kind", EventKind.UTTERANCE.name());
    line.put("channel", result.side().channel());
    line.put("participantRole", result.side().role().name());
    line.put("utteranceIndex", result.utterance().index());
    line.put("beginOffsetMillis", result.utterance().beginOffsetMs());
    line.put("endOffsetMillis", result.utterance().endOffsetMs());
    line.put("emotion", estimate.emotion().longName());
    line.put("probabilities", estimate.byLongName());
    line.put("confidence", estimate.confidence());
    line.put(
        "probabilitiesWithoutMemory",
        result.recognition().withoutMemory().map(EmotionEstimate::byLongName).orElse(null));
    line.put("updateStep", result.updateStep());
    line.put("modelVersion", modelVersion);
    out.println(JsonLines.of(line));
    out.flush();
  }

  @Override
  public void end(Recording recording, HeardCall call) {
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    line.put("file", recording.file().toString());
    line.put("conversationId", recording.conversationId());
    line.put("kind", EventKind.CONVERSATION.name());
    line.put("endOffsetMillis", call.endOffsetMs());
    line.put("modelVersion", modelVersion);
    line.put("conversation", JsonLines.fields(call.characteristics()));
    out.println(JsonLines.of(line));
    out.flush();
  }
}
