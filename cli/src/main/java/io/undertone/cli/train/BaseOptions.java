package io.undertone.cli.train;

import io.undertone.cli.terminal.GivenOptions;
import io.undertone.cli.terminal.UserErrorException;
import io.undertone.training.adapter.AdapterPlan;
import io.undertone.training.adapter.TokenizerSource;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of a training that begins with a Llama checkpoint. */
final class BaseOptions {

  private static final String TOKENIZER = "--tokenizer";

  /** What the checkpoint and the tokenizer have settled. */
  private static final String[] WITHOUT_EFFECT = {
    "--from", "--encoder", "--encoder-layers", "--features", "--tokenizer-epochs", "--temperature"
  };

  @Option(
      names = "--base",
      paramLabel = "DIR",
      description = "Folder of a Llama checkpoint of Hugging Face to train an emotion LoRA on.")
  private @Nullable Path base;

  @Option(
      names = TOKENIZER,
      paramLabel = "PATH",
      description =
          "With --base: CosyVoice2's speech tokenizer (an .onnx file), or the folder of a model"
              + " whose tokenizer is used.")
  private @Nullable Path tokenizer;

  @Option(
      names = "--rank",
      paramLabel = "COUNT",
      description =
          "With --base: rank and alpha of the emotion LoRA and of the memories (default:"
              + " ${DEFAULT-VALUE}).")
  private int rank = AdapterPlan.DEFAULT_RANK;

  @Option(
      names = "--learning-rate",
      paramLabel = "NUMBER",
      description = "With --base: of each step, in training and in memories (default: 5e-5).")
  private double learningRate = AdapterPlan.DEFAULT_LEARNING_RATE;

  @Option(
      names = "--sequences-per-step",
      paramLabel = "COUNT",
      description =
          "With --base: sequences whose gradients add up to a step's (default:"
              + " ${DEFAULT-VALUE}).")
  private int sequencesPerStep = AdapterPlan.DEFAULT_SEQUENCES_PER_STEP;

  @Option(
      names = "--window-tokens",
      paramLabel = "COUNT",
      description =
          "With --base: largest length of a sequence, and of the model's prefix and window"
              + " (default: ${DEFAULT-VALUE}).")
  private int windowTokens = AdapterPlan.DEFAULT_SEQUENCE_TOKENS;

  /** The checkpoint; empty if the training does not begin with one. */
  Optional<Path> checkpoint() {
    return Optional.ofNullable(base);
  }

  /** Refuses options that have no effect with or without a checkpoint. */
  void check(GivenOptions given) throws UserErrorException {
    if (base != null) {
      given.refuse("with --base", WITHOUT_EFFECT);
      return;
    }
    given.refuse(
        "without --base",
        TOKENIZER,
        "--rank",
        "--learning-rate",
        "--sequences-per-step",
        "--window-tokens");
  }

  TokenizerSource tokenizer() throws UserErrorException {
    if (tokenizer == null) {
      throw new UserErrorException(TOKENIZER + " must be given with --base");
    }
    return new TokenizerSource(tokenizer);
  }

  /**
   * @throws IllegalArgumentException if an option is out of range
   */
  AdapterPlan plan(String name, long seed, int steps) {
    return new AdapterPlan(
        name,
        seed,
        rank,
        learningRate,
        steps,
        sequencesPerStep,
        windowTokens,
        AdapterPlan.DEFAULT_STEPS_PER_ROUND);
  }
}
