package io.undertone.model;

/**
 * The report of one learning step.
 *
 * @param applied false if loss or gradient was not finite, and the step was dropped
 * @param loss mean cross entropy of the utterance's tokens before the step
 * @param gradientNorm L2 norm over all parameters of the adapter
 * @param tokens how many tokens the utterance had
 */
public record MemoryUpdate(boolean applied, float loss, float gradientNorm, int tokens) {}
