package io.undertone.cli.classify;

import io.undertone.cli.recording.Recording;
import io.undertone.cli.terminal.JsonLines;
import io.undertone.model.EmotionEstimate;
import io.undertone.model.ModelVersion;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/** For machines: one JSON object an utterance, with the names that events have. */
final class HeardJson implements HeardPrinter {
  private final PrintWriter out;
  private String modelVersion = "";

  HeardJson(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void begin(Recording recording, ModelVersion model) {
    modelVersion = model.toString();
  }

  @Override
  public void print(Recording recording, HeardUtterance heard) {
    EmotionEstimate estimate = heard.recognition().estimate();
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("file", recording.file().toString());
    line.put("conversationId", recording.conversationId());
    line.put("channel", heard.side().channel());
    line.put("participantRole", heard.side().role().name());
    line.put("utteranceIndex", heard.utterance().index());
    line.put("beginOffsetMillis", heard.utterance().beginOffsetMs());
    line.put("endOffsetMillis", heard.utterance().endOffsetMs());
    line.put("emotion", estimate.emotion().longName());
    line.put("probabilities", estimate.byLongName());
    line.put("updateStep", heard.updateStep());
    line.put("modelVersion", modelVersion);
    out.println(JsonLines.of(line));
    out.flush();
  }

  @Override
  public void end(Recording recording) {}
}
