package io.undertone.operators;

/**
 * A request to erase a call.
 *
 * @param at position of the request in Kafka
 * @param requestedBy the person or system that asks
 * @param reason why
 * @param requestTimeMs when, since 1970-01-01 UTC
 */
public record ErasureRequest(
    RecordCoordinates at, String requestedBy, String reason, long requestTimeMs) {}
