package io.undertone.bench.simulation;

/**
 * An utterance of a call.
 *
 * @param call number of the call, which chooses its key group
 * @param endMs when its audio ends; latencies count from here
 * @param size its duration over that of the utterances that a machine's figures refer to
 */
public record SimulatedUtterance(long call, double endMs, double size) {}
