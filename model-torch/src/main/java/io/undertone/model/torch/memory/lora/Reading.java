package io.undertone.model.torch.memory.lora;

import ai.djl.ndarray.NDManager;
import io.undertone.model.torch.llama.Past;
import io.undertone.model.torch.memory.MemoryBatch;
import io.undertone.model.torch.memory.TokenHistory;
import java.util.Arrays;
import java.util.List;

/**
 * The tokens that the decoder reads for an update and an estimate of a batch, and the kept keys and
 * values of the tokens before them.
 *
 * @param prefixes tokens that utterances are learned after
 * @param beforePrefixes kept keys and values before the prefixes
 * @param windows tokens that the emotions are read from
 * @param beforeWindows kept keys and values before the windows
 * @param windowPasts number of tokens of {@code beforeWindows} in each row
 */
record Reading(
    List<int[]> prefixes,
    Past beforePrefixes,
    List<int[]> windows,
    Past beforeWindows,
    int[] windowPasts) {

  /**
   * Reads all tokens.
   *
   * @param histories after the utterances
   */
  static Reading exact(
      LoraMemoryConfig config, MemoryBatch<TemporaryLora> batch, List<TokenHistory> histories) {
    return new Reading(
        batch.memories().stream()
            .map(memory -> memory.history().last(config.prefixTokens()))
            .toList(),
        Past.NONE,
        histories.stream().map(history -> history.last(config.windowTokens())).toList(),
        Past.NONE,
        new int[histories.size()]);
  }

  /**
   * Reads the utterances after the kept keys and values, and of these only the last token, which
   * predicts the first of the utterance.
   */
  static Reading reusing(
      LoraMemoryConfig config, MemoryBatch<TemporaryLora> batch, NDManager step) {
    List<TemporaryLora> memories = batch.memories();
    int[] prefixPasts = new int[memories.size()];
    Arrays.fill(prefixPasts, config.prefixTokens() - 1);
    List<int[]> windows =
        batch.tokens().stream()
            .map(tokens -> TokenHistory.of(tokens).last(config.windowTokens()))
            .toList();
    int[] windowPasts = new int[memories.size()];
    for (int row = 0; row < windowPasts.length; row++) {
      int before = memories.get(row).history().length();
      windowPasts[row] = Math.min(before, config.windowTokens() - windows.get(row).length);
    }
    KeptKeys kept =
        KeptKeys.stack(memories.stream().map(memory -> memory.keys().orElseThrow()).toList(), step);
    return new Reading(
        memories.stream().map(memory -> memory.history().last(1)).toList(),
        kept.last(prefixPasts, 1),
        windows,
        kept.last(windowPasts, 0),
        windowPasts);
  }
}
