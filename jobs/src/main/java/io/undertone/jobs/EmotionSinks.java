package io.undertone.jobs;

import io.undertone.schemas.DeadLetter;
import io.undertone.schemas.EmotionEvent;
import org.apache.flink.api.connector.sink2.Sink;

/**
 * Where the road ends.
 *
 * @param events what was heard
 * @param deadLetters records that could not be used
 * @param late audio that came after its place in the call was given up
 */
public record EmotionSinks(
    Sink<EmotionEvent> events, Sink<DeadLetter> deadLetters, Sink<DeadLetter> late) {}
