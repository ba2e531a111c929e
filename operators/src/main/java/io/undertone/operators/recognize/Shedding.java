package io.undertone.operators.recognize;

import io.undertone.model.ChannelMemory;
import io.undertone.model.ConversationSeed;
import io.undertone.model.EmotionModel;
import io.undertone.model.RecognitionRequest;
import io.undertone.model.recognizer.RecognizerClient;
import io.undertone.operators.CallEnd;
import io.undertone.operators.Conversation;
import io.undertone.operators.utterance.SpokenUtterance;
import io.undertone.schemas.ShedReason;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.flink.types.Either;
import org.jspecify.annotations.Nullable;

/** Recognizes utterances without the memory of their channel where {@link LoadLimits} say so. */
final class Shedding implements AutoCloseable {
  private final LoadLimits limits;
  private final EmotionModel model;
  private final RecognizerClient client;
  private final LongSupplier clockMs;
  private final Set<ChannelMemory> open = Collections.newSetFromMap(new IdentityHashMap<>());

  Shedding(LoadLimits limits, EmotionModel model, RecognizerClient client, LongSupplier clockMs) {
    this.limits = limits;
    this.model = model;
    this.client = client;
    this.clockMs = clockMs;
  }

  /**
   * Begins a step that need not wait for its turn.
   *
   * @param stepsBefore steps of its call in progress
   * @return null if it must wait
   */
  @Nullable ShedUtterance onArrival(Either<SpokenUtterance, CallEnd> step, int stepsBefore) {
    if (step.isRight() || step.left().isActivity()) {
      return null;
    }
    if (limits.mostStepsOfCall() > 0 && stepsBefore >= limits.mostStepsOfCall()) {
      return begin(step.left(), ShedReason.CALL_LIMIT);
    }
    long lagMs = clockMs.getAsLong() - step.left().span().eventTimeMs();
    if (limits.shedLagMs() > 0 && lagMs > limits.shedLagMs()) {
      return begin(step.left(), ShedReason.OVERLOAD);
    }
    return null;
  }

  /** Begins to recognize an utterance; {@link #end} must follow. */
  ShedUtterance begin(SpokenUtterance utterance, ShedReason reason) {
    Conversation conversation = utterance.conversation();
    ChannelMemory memory =
        model.newMemory(ConversationSeed.of(conversation.tenant(), conversation.conversationId()));
    open.add(memory);
    return new ShedUtterance(
        reason, memory, client.submit(new RecognitionRequest(utterance.pcm(), memory)));
  }

  void end(ShedUtterance shed) {
    open.remove(shed.memory());
    shed.memory().close();
  }

  /** Drops what is in progress. Close the client first. */
  @Override
  public void close() {
    open.forEach(ChannelMemory::close);
    open.clear();
  }
}
