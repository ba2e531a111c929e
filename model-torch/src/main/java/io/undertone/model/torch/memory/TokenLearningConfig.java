package io.undertone.model.torch.memory;

/** The settings of a memory that learns tokens, with the changes that experiments make. */
public interface TokenLearningConfig extends MemoryConfig {

  /** Number of tokens that an utterance is learned after, at most; n_r in arXiv 2507.09076. */
  int prefixTokens();

  /** Whether keys and values are kept from one utterance to the next. */
  boolean reusesPrefix();

  @Override
  TokenLearningEngine open(EngineContext context);

  /**
   * The same settings with some changed.
   *
   * @throws IllegalArgumentException names a value that is out of range
   */
  TokenLearningConfig with(TokenLearningChanges changes);
}
