package io.undertone.model;

/**
 * The report of one learning step.
 *
 * @param applied false if loss or gradient was not finite, and the step was dropped
 * @param loss before the step: mean cross entropy of the utterance's tokens, or of the emotions
 *     that the memory foresaw against those that were estimated, as the memory learns the one or
 *     the other
 * @param gradientNorm L2 norm over all parameters of the adapter
 * @param tokens how many tokens the utterance had
 */
public record MemoryUpdate(boolean applied, float loss, float gradientNorm, int tokens) {}
