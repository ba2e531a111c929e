package io.undertone.cli.memories;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.undertone.local.savepoint.SavedMemory;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Prints memories and their statistics. */
final class MemoryTable {
  private static final String UNENCRYPTED = "none";

  private final PrintWriter out;

  MemoryTable(PrintWriter out) {
    this.out = out;
  }

  void print(List<SavedMemory> memories) {
    out.printf(
        "%-16s %-36s %7s %8s %8s  %-16s %s%n",
        "tenant", "conversation", "channel", "updates", "bytes", "model", "key");
    for (SavedMemory memory : memories) {
      out.printf(
          "%-16s %-36s %7d %8d %8d  %-16s %s%n",
          memory.conversation().tenant(),
          memory.conversation().conversationId(),
          memory.channel(),
          memory.memory().updateStep(),
          memory.savedBytes(),
          memory.memory().modelFingerprint(),
          memory.keyId().orElse(UNENCRYPTED));
    }
    out.printf(
        "%d memories of %d calls, %d bytes, updates up to %d%n",
        memories.size(), calls(memories), bytes(memories), mostUpdates(memories));
    print("by tenant", counts(memories, memory -> memory.conversation().tenant()));
    print("by model", counts(memories, memory -> memory.memory().modelFingerprint()));
    print("by key", counts(memories, memory -> memory.keyId().orElse(UNENCRYPTED)));
    out.flush();
  }

  private void print(String title, Map<String, Long> counts) {
    if (!counts.isEmpty()) {
      out.printf(
          "%s: %s%n",
          title,
          counts.entrySet().stream()
              .map(count -> count.getKey() + " " + count.getValue())
              .collect(Collectors.joining(", ")));
    }
  }

  /** One line of JSON. */
  void printJson(List<SavedMemory> memories) {
    JsonMapper json = new JsonMapper();
    ObjectNode line = json.createObjectNode();
    line.put("memories", memories.size());
    line.put("calls", calls(memories));
    line.put("bytes", bytes(memories));
    line.put("mostUpdates", mostUpdates(memories));
    line.set(
        "tenants", json.valueToTree(counts(memories, memory -> memory.conversation().tenant())));
    line.set(
        "models", json.valueToTree(counts(memories, memory -> memory.memory().modelFingerprint())));
    line.set(
        "keys", json.valueToTree(counts(memories, memory -> memory.keyId().orElse(UNENCRYPTED))));
    out.println(line);
    out.flush();
  }

  private static long calls(List<SavedMemory> memories) {
    return memories.stream().map(SavedMemory::conversation).distinct().count();
  }

  private static long bytes(List<SavedMemory> memories) {
    return memories.stream().mapToLong(SavedMemory::savedBytes).sum();
  }

  private static int mostUpdates(List<SavedMemory> memories) {
    return memories.stream().mapToInt(memory -> memory.memory().updateStep()).max().orElse(0);
  }

  private static Map<String, Long> counts(
      List<SavedMemory> memories, Function<SavedMemory, String> name) {
    return memories.stream()
        .collect(Collectors.groupingBy(name, TreeMap::new, Collectors.counting()));
  }
}
