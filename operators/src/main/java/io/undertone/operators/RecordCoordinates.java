package io.undertone.operators;

/**
 * Where a record was read. Part of the state {@code waiting-chunks} of earlier savepoints, so name,
 * package and fields must not change.
 */
public record RecordCoordinates(String topic, int partition, long offset) {}
