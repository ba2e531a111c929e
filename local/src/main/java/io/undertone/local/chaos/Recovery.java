package io.undertone.local.chaos;

/**
 * How a job came back.
 *
 * @param kind of the fault
 * @param durationMs from the end of the fault until a new event has come and a checkpoint that
 *     began later is complete
 */
public record Recovery(FaultKind kind, long durationMs) {}
