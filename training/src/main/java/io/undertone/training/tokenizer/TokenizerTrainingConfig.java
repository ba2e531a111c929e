package io.undertone.training.tokenizer;

import io.undertone.model.torch.tokenizer.EncoderConfig;

/**
 * Settings of the tokenizer's training.
 *
 * @param epochs passes over the training clips
 * @param learningRate peak of the schedule
 * @param reconstructionWeight weight of the reconstruction relative to the emotion
 * @param dropout share of values dropped from the features, in the encoder's blocks and before the
 *     classifier's output
 */
record TokenizerTrainingConfig(
    EncoderConfig encoder,
    int epochs,
    float learningRate,
    float weightDecay,
    float reconstructionWeight,
    float dropout,
    long seed) {}
