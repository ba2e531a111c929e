package io.undertone.operators.recognize;

import io.undertone.operators.CallEnd;
import io.undertone.operators.trace.Passage;
import io.undertone.operators.utterance.SpokenUtterance;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.types.Either;
import org.jspecify.annotations.Nullable;

/**
 * An utterance or the end of a call, in progress or waiting for its turn.
 *
 * @param atMs processing time at which the operator took it in
 * @param shed what was begun before its turn, since it does without the memory of its channel; null
 *     for all others
 */
record Step(
    StreamRecord<Either<SpokenUtterance, CallEnd>> record,
    long atMs,
    @Nullable ShedUtterance shed) {

  boolean isUtterance() {
    return record.getValue().isLeft();
  }

  SpokenUtterance utterance() {
    return record.getValue().left();
  }

  /**
   * When the utterance passed what it has to pass.
   *
   * @param begunMs the model was asked for it
   * @param recognizedMs the model had answered
   */
  Passage passage(long begunMs, long recognizedMs) {
    long capturedMs = utterance().span().eventTimeMs();
    return new Passage(
        capturedMs,
        // What a timer completes has none.
        record.hasTimestamp() ? record.getTimestamp() : capturedMs,
        utterance().segmentedMs(),
        atMs,
        begunMs,
        recognizedMs);
  }
}
