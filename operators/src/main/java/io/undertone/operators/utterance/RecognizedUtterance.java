package io.undertone.operators.utterance;

import io.undertone.audio.prosody.Prosody;
import io.undertone.model.MemoryUpdate;
import io.undertone.operators.Conversation;
import io.undertone.operators.InConversation;
import io.undertone.schemas.MemoryReset;
import io.undertone.schemas.ShedReason;
import org.jspecify.annotations.Nullable;

/**
 * An utterance with its estimate, without audio.
 *
 * @param probabilities of each {@link io.undertone.model.Emotion}, in their order; empty if only
 *     voice activity was heard
 * @param update the update of the channel's memory by this utterance
 * @param updateStep number of the memory's updates, including this one
 * @param modelVersion name and fingerprint of the model
 * @param memoryReset why the memory has begun anew with this utterance; null if it has not
 * @param shed why the utterance did without the memory; null if it did not
 * @param withoutMemory probabilities that the model estimates without the memory; null if it has
 *     none
 * @param prosody how loud and how fast it is spoken; null if it was not measured
 */
public record RecognizedUtterance(
    UtteranceSpan span,
    float[] probabilities,
    MemoryUpdate update,
    int updateStep,
    String modelVersion,
    @Nullable MemoryReset memoryReset,
    @Nullable ShedReason shed,
    float @Nullable [] withoutMemory,
    @Nullable Prosody prosody)
    implements InConversation {

  /** With a memory that goes on. */
  public RecognizedUtterance(
      UtteranceSpan span,
      float[] probabilities,
      MemoryUpdate update,
      int updateStep,
      String modelVersion) {
    this(span, probabilities, update, updateStep, modelVersion, null, null, null, null);
  }

  /** Speech of which only voice activity was heard: it has no estimate. */
  public static RecognizedUtterance activity(UtteranceSpan span, String modelVersion) {
    MemoryUpdate none = new MemoryUpdate(false, Float.NaN, Float.NaN, 0);
    return new RecognizedUtterance(span, new float[0], none, 0, modelVersion);
  }

  /** Whether only voice activity was heard. */
  public boolean isActivity() {
    return probabilities.length == 0;
  }

  @Override
  public Conversation conversation() {
    return span.conversation();
  }
}
