package io.undertone.model.torch.dpm;

import ai.djl.ndarray.NDManager;
import io.undertone.model.torch.llama.Past;
import java.util.Arrays;
import java.util.List;

/**
 * Which tokens of a batch are read for an update and for an estimate, and which of those before
 * them are looked at alone.
 *
 * @param prefixes what utterances are learned after
 * @param beforePrefixes what stands before the prefixes
 * @param windows what the emotions are read from
 * @param beforeWindows what stands before the windows
 * @param windowPasts how many tokens of that belong to each row
 */
record Reading(
    List<int[]> prefixes,
    Past beforePrefixes,
    List<int[]> windows,
    Past beforeWindows,
    int[] windowPasts) {

  /** All is read. */
  static Reading exact(
      MemorySettings settings, List<TemporaryLora> memories, List<int[]> histories) {
    return new Reading(
        memories.stream().map(memory -> memory.last(settings.prefixTokens())).toList(),
        Past.NONE,
        TemporaryLora.lastOfEach(histories, settings.windowTokens()),
        Past.NONE,
        new int[memories.size()]);
  }

  /** Of what the memories have kept, only the last token is read, which foresees the next. */
  static Reading reusing(
      MemorySettings settings,
      List<TemporaryLora> memories,
      List<int[]> utterances,
      NDManager step) {
    int[] prefixPasts = new int[memories.size()];
    Arrays.fill(prefixPasts, settings.prefixTokens() - 1);
    List<int[]> windows = TemporaryLora.lastOfEach(utterances, settings.windowTokens());
    int[] windowPasts = new int[memories.size()];
    for (int row = 0; row < windowPasts.length; row++) {
      int before = memories.get(row).history().length;
      windowPasts[row] = Math.min(before, settings.windowTokens() - windows.get(row).length);
    }
    KeptKeys kept =
        KeptKeys.stack(memories.stream().map(memory -> memory.keys().orElseThrow()).toList(), step);
    return new Reading(
        memories.stream().map(memory -> memory.last(1)).toList(),
        kept.last(prefixPasts, 1),
        windows,
        kept.last(windowPasts, 0),
        windowPasts);
  }
}
