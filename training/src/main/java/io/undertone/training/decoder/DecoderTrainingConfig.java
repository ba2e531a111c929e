package io.undertone.training.decoder;

import io.undertone.model.torch.llama.config.AttentionShape;
import io.undertone.model.torch.llama.config.LlamaConfig;
import io.undertone.model.torch.llama.config.RotaryAngles;
import io.undertone.model.torch.memory.Vocabulary;

/**
 * Settings of the decoder's training.
 *
 * @param model shape of the decoder
 * @param levels of the quantizer whose codes are the speech tokens
 * @param labels number of training labels; the model's emotions come first
 * @param steps number of optimizer steps
 * @param stepsPerRound steps between checkpoints
 * @param tokensPerSequence largest length of a sequence
 * @param sequencesPerStep batch size
 * @param learningRate peak of the schedule
 * @param noise share of input tokens that are replaced at random
 * @param dropout in the decoder's residual branches
 */
public record DecoderTrainingConfig(
    LlamaConfig model,
    int[] levels,
    int labels,
    int steps,
    int stepsPerRound,
    int tokensPerSequence,
    int sequencesPerStep,
    float learningRate,
    float weightDecay,
    float noise,
    float dropout,
    long seed) {

  /**
   * A decoder of 4 layers of width 192.
   *
   * @param levels of the quantizer
   */
  public static DecoderTrainingConfig small(
      Vocabulary vocabulary, int[] levels, int labels, int steps, long seed) {
    LlamaConfig model =
        new LlamaConfig(
            vocabulary.size(),
            192,
            4,
            512,
            new AttentionShape(6, 6, 32),
            new RotaryAngles(10_000),
            1e-5,
            false);
    return new DecoderTrainingConfig(
        model, levels, labels, steps, 100, 512, 8, 1.5e-3f, 0.05f, 0.08f, 0.15f, seed);
  }
}
