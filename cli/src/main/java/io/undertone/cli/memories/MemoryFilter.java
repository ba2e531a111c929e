package io.undertone.cli.memories;

import io.undertone.local.savepoint.SavedMemory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which memories a command is about. */
final class MemoryFilter {
  @Option(names = "--tenant", description = "Only memories of this tenant.")
  private @Nullable String tenant;

  @Option(names = "--conversation", paramLabel = "ID", description = "Only memories of this call.")
  private @Nullable String conversationId;

  boolean accepts(SavedMemory memory) {
    return (tenant == null || tenant.equals(memory.conversation().tenant()))
        && (conversationId == null
            || conversationId.equals(memory.conversation().conversationId()));
  }
}
