package io.undertone.model;

/**
 * The report of one memory update.
 *
 * @param applied false if loss or gradient was not finite and the update was dropped
 * @param loss before the update; what it measures depends on what the memory learns: mean cross
 *     entropy of the utterance's tokens, or of the predicted emotions against the estimate
 * @param gradientNorm L2 norm of the gradient over all parameters of the memory
 * @param tokens of the utterance
 */
public record MemoryUpdate(boolean applied, float loss, float gradientNorm, int tokens) {}
