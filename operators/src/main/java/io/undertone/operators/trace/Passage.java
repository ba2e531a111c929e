package io.undertone.operators.trace;

/**
 * When an utterance passed what it has to pass, in milliseconds since 1970-01-01 UTC. Times are of
 * several machines' clocks, so that one may be before the other.
 *
 * @param capturedMs its end was captured, by the sender's clock
 * @param writtenMs timestamp of the record in Kafka that completed it; that of its capture where no
 *     record did
 * @param segmentedMs the segment stage completed it
 * @param arrivedMs the recognize stage took it in
 * @param begunMs the model was asked for it, when it was the call's turn
 * @param recognizedMs the model had answered
 */
public record Passage(
    long capturedMs,
    long writtenMs,
    long segmentedMs,
    long arrivedMs,
    long begunMs,
    long recognizedMs) {}
