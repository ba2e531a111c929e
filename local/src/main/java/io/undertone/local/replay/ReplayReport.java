package io.undertone.local.replay;

/**
 * What the broker has acknowledged.
 *
 * @param chunks the number of records
 * @param payloadBytes size of their encoded audio
 */
public record ReplayReport(long chunks, long payloadBytes) {}
