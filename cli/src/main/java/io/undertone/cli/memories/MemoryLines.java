package io.undertone.cli.memories;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.undertone.local.savepoint.SavedMemory;
import io.undertone.model.MemorySnapshot;
import io.undertone.model.MemorySnapshot.Tensor;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Memories as lines of JSON. */
final class MemoryLines {
  private static final JsonMapper JSON = new JsonMapper();

  private MemoryLines() {}

  /** Whether lines describe voices. */
  enum Voices {
    LEFT_OUT,
    INCLUDED
  }

  static void write(List<SavedMemory> memories, Voices voices, Path file) throws IOException {
    try (Writer out = Files.newBufferedWriter(file)) {
      for (SavedMemory memory : memories) {
        out.write(JSON.writeValueAsString(line(memory, voices)));
        out.write('\n');
      }
    }
  }

  private static ObjectNode line(SavedMemory saved, Voices voices) {
    MemorySnapshot memory = saved.memory();
    ObjectNode line = JSON.createObjectNode();
    line.put("tenant", saved.conversation().tenant());
    line.put("conversationId", saved.conversation().conversationId());
    line.put("channel", saved.channel());
    line.put("updateStep", memory.updateStep());
    line.put("savedBytes", saved.savedBytes());
    line.put("modelFingerprint", memory.modelFingerprint());
    line.put("keyId", saved.keyId().orElse(null));
    line.put(
        "lastUtteranceEndMs", saved.lastEstimate().map(last -> last.endOffsetMs()).orElse(null));
    if (voices == Voices.INCLUDED) {
      saved
          .lastEstimate()
          .ifPresent(last -> add(line.putArray("lastEstimate"), last.estimate().toArray()));
      ArrayNode history = line.putArray("history");
      for (int token : memory.history()) {
        history.add(token);
      }
      ObjectNode tensors = line.putObject("tensors");
      for (Tensor tensor : memory.tensors()) {
        add(tensors.putArray(tensor.name()), tensor.values());
      }
    }
    return line;
  }

  private static void add(ArrayNode array, float[] values) {
    for (float value : values) {
      array.add(value);
    }
  }
}
