package io.undertone.operators;

/**
 * Position of a record in Kafka. Former savepoints contain it, in the state {@code waiting-chunks},
 * so name, package and fields must not change.
 */
public record RecordCoordinates(String topic, int partition, long offset) {}
