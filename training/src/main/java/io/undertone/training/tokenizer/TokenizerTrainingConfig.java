package io.undertone.training.tokenizer;

import io.undertone.model.torch.tokenizer.EncoderConfig;

/**
 * @param emotionWeight of the emotion's cross entropy beside the reconstruction
 * @param dropout share of values dropped in the encoder's blocks and before the classifier's end
 */
record TokenizerTrainingConfig(
    EncoderConfig encoder,
    int epochs,
    float learningRate,
    float weightDecay,
    float emotionWeight,
    float dropout,
    long seed) {}
