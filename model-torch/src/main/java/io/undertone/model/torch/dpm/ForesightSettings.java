package io.undertone.model.torch.dpm;

/**
 * A memory that learns to foresee the estimates: see {@link Foresight}.
 *
 * @param rank of the temporary LoRA
 * @param voiceWidth values that are measured of a voice, which memories then know too, see {@link
 *     Voice}: the tokenizer's, and how each emotion is heard; 0 for memories that know no voices
 * @param windowTokens what the emotion is read from
 */
public record ForesightSettings(int rank, int voiceWidth, int windowTokens)
    implements MemoryRecipe {

  public ForesightSettings {
    if (voiceWidth < 0) {
      throw new IllegalArgumentException("voiceWidth must be at least 0, but is " + voiceWidth);
    }
    MemorySettings.atLeastOne("rank", rank);
    MemorySettings.atLeastOne("windowTokens", windowTokens);
  }

  @Override
  public int historyTokens() {
    return windowTokens;
  }
}
