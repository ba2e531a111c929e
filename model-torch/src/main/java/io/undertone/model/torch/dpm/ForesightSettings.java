package io.undertone.model.torch.dpm;

/**
 * A memory that learns to foresee the estimates: see {@link Foresight}.
 *
 * @param rank of the temporary LoRA
 * @param windowTokens what the emotion is read from
 */
public record ForesightSettings(int rank, int windowTokens) implements MemoryRecipe {

  public ForesightSettings {
    MemorySettings.atLeastOne("rank", rank);
    MemorySettings.atLeastOne("windowTokens", windowTokens);
  }

  @Override
  public int historyTokens() {
    return windowTokens;
  }
}
