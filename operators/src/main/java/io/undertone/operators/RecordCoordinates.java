package io.undertone.operators;

/** Where a record was read. */
public record RecordCoordinates(String topic, int partition, long offset) {}
