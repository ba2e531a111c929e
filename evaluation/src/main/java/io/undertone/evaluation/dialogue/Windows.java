package io.undertone.evaluation.dialogue;

import io.undertone.model.torch.memory.LiveMemory;
import io.undertone.model.torch.memory.TokenizedUtterance;
import java.util.ArrayList;
import java.util.List;

/** The last tokens of conversations, which estimates are read from. */
public final class Windows {

  private Windows() {}

  /** Windows without cues. */
  public static List<TokenizedUtterance> last(List<LiveMemory> memories, int tokens) {
    return memories.stream()
        .map(memory -> TokenizedUtterance.ofTokens(memory.history().last(tokens)))
        .toList();
  }

  /**
   * Windows with the cues of their last utterances.
   *
   * @param utterances the last of each conversation
   */
  static List<TokenizedUtterance> last(
      List<LiveMemory> memories, List<TokenizedUtterance> utterances, int tokens) {
    List<TokenizedUtterance> windows = new ArrayList<>();
    for (int row = 0; row < memories.size(); row++) {
      windows.add(utterances.get(row).in(memories.get(row).history().last(tokens)));
    }
    return windows;
  }
}
