package io.undertone.operators.recognize;

import io.undertone.model.ChannelMemory;
import io.undertone.model.EmotionEstimate;
import io.undertone.model.MemoryUpdate;
import io.undertone.model.ModelVersion;
import io.undertone.model.Recognition;
import io.undertone.operators.utterance.RecognizedUtterance;
import io.undertone.operators.utterance.SpokenUtterance;
import io.undertone.schemas.ShedReason;
import java.util.concurrent.CompletableFuture;

/**
 * An utterance that is recognized without the memory of its channel, as the first one of a call.
 *
 * @param memory its own, for this utterance alone
 */
record ShedUtterance(
    ShedReason reason, ChannelMemory memory, CompletableFuture<Recognition> result) {

  /** The result: no memory was updated. */
  RecognizedUtterance recognized(
      SpokenUtterance utterance, Recognition recognition, ModelVersion version) {
    MemoryUpdate none =
        new MemoryUpdate(false, Float.NaN, Float.NaN, recognition.update().tokens());
    float[] withoutMemory = recognition.withoutMemory().map(EmotionEstimate::toArray).orElse(null);
    return new RecognizedUtterance(
        utterance.span(),
        recognition.estimate().toArray(),
        none,
        0,
        version.toString(),
        null,
        reason,
        withoutMemory,
        utterance.prosody());
  }
}
