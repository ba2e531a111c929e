package io.undertone.jobs;

import io.undertone.operators.emit.CallDocument;
import io.undertone.schemas.Alert;
import io.undertone.schemas.DeadLetter;
import io.undertone.schemas.EmotionEvent;
import io.undertone.schemas.ErasureRecord;
import org.apache.flink.api.connector.sink2.Sink;
import org.jspecify.annotations.Nullable;

/**
 * The job's outputs.
 *
 * @param events emotion events
 * @param deadLetters records that the job cannot use
 * @param late chunks that arrived after the job stopped waiting for them
 * @param audit evidence of each erasure
 * @param alerts states of alerts
 * @param contactLens documents of ended calls; null for none
 */
public record EmotionSinks(
    Sink<EmotionEvent> events,
    Sink<DeadLetter> deadLetters,
    Sink<DeadLetter> late,
    Sink<ErasureRecord> audit,
    Sink<Alert> alerts,
    @Nullable Sink<CallDocument> contactLens) {}
