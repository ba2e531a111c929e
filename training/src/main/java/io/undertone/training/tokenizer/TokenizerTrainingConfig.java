package io.undertone.training.tokenizer;

import io.undertone.model.torch.tokenizer.EncoderConfig;

/**
 * Settings of the tokenizer's training.
 *
 * @param epochs passes over the training clips
 * @param learningRate peak of the schedule
 * @param emotionWeight weight of the emotion's cross entropy relative to the reconstruction
 * @param dropout share of values dropped in the encoder's blocks and before the classifier's output
 */
record TokenizerTrainingConfig(
    EncoderConfig encoder,
    int epochs,
    float learningRate,
    float weightDecay,
    float emotionWeight,
    float dropout,
    long seed) {}
