package io.undertone.model.torch.memory;

import ai.djl.ndarray.NDManager;
import io.undertone.model.torch.llama.config.LlamaConfig;
import io.undertone.model.torch.tokenizer.SpeechTokenizer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The settings of one kind of memory. They create its engine. */
public interface MemoryConfig {

  /** Number of tokens that an estimate is read from, at most; n_q in arXiv 2507.09076. */
  int windowTokens();

  /** What one memory costs beside a decoder. */
  MemoryCost cost(LlamaConfig decoder);

  /**
   * The tokenizer that measures the cues this memory needs. A memory that needs only tokens keeps
   * the model's tokenizer.
   *
   * @param directory of the model
   * @param manager owns what is loaded
   * @return closes {@code tokenizer} when it is closed
   */
  default SpeechTokenizer withCues(SpeechTokenizer tokenizer, Path directory, NDManager manager) {
    return tokenizer;
  }

  /** Creates the engine; runs on the device's owner thread. */
  MemoryEngine open(EngineContext context);

  /** The same settings for a memory that learns tokens; empty for other kinds. */
  Optional<TokenLearningConfig> tokenLearning();

  /** The fields of {@code memory} in {@code undertone.json}, in their order. */
  Map<String, Object> settings();
}
