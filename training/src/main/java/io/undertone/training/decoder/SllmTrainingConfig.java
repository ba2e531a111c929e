package io.undertone.training.decoder;

import io.undertone.model.torch.llama.config.LlamaConfig;

/**
 * @param model the decoder's shape
 * @param levels of the quantizer that makes the tokens
 * @param labels how many the clips have; the model's emotions come first
 * @param tokensPerSequence length of the dialogues that are read at once
 * @param sequencesPerStep how many of them make a step
 * @param noise share of input tokens that are replaced by others
 * @param dropout in the decoder's residual branches
 */
public record SllmTrainingConfig(
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
    long seed) {}
