package io.undertone.local.replay;

/**
 * What was sent, and taken by the broker.
 *
 * @param chunks how many records
 * @param payloadBytes audio in them, as coded
 */
public record ReplayReport(long chunks, long payloadBytes) {}
