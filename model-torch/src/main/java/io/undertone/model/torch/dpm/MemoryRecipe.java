package io.undertone.model.torch.dpm;

/** What memories learn, and how. */
public sealed interface MemoryRecipe permits MemorySettings, ForesightSettings {

  /** Of the temporary LoRA. */
  int rank();

  /** n_q of the paper: what the emotion is read from. */
  int windowTokens();

  /** How much of a conversation must be kept. */
  int historyTokens();
}
