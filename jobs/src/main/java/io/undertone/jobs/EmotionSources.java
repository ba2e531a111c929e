package io.undertone.jobs;

import io.undertone.operators.decode.IncomingRecord;
import org.apache.flink.api.connector.source.Source;

/**
 * The job's inputs.
 *
 * @param audio chunks of audio
 * @param control requests to erase calls
 * @param alertRules changes of alert rules
 */
public record EmotionSources(
    Source<IncomingRecord, ?, ?> audio,
    Source<IncomingRecord, ?, ?> control,
    Source<IncomingRecord, ?, ?> alertRules) {}
