package io.undertone.operators;

/**
 * Consecutive chunks of a channel in Kafka, with other records between them.
 *
 * @param first where they begin
 * @param last where they end, inclusive
 */
public record RecordRange(RecordCoordinates first, RecordCoordinates last) {}
