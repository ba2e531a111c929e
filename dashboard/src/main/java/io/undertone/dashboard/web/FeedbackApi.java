package io.undertone.dashboard.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.javalin.http.Context;
import io.undertone.dashboard.access.Visitor;
import io.undertone.dashboard.calls.CallKey;
import io.undertone.dashboard.calls.CallWindow;
import io.undertone.dashboard.calls.Probabilities;
import io.undertone.dashboard.calls.Utterance;
import io.undertone.dashboard.view.Json;
import io.undertone.schemas.LabelFeedback;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes "this label is wrong". */
final class FeedbackApi {
  private static final int LONGEST_EMOTION = 64;

  private final CallWindow window;
  private final RecordStore store;

  FeedbackApi(CallWindow window, RecordStore store) {
    this.window = window;
    this.store = store;
  }

  private record Opinion(
      @Nullable String tenant,
      @Nullable String conversation,
      @Nullable String eventId,
      @Nullable String rightEmotion) {}

  void give(Context context) {
    Visitor visitor = Guard.visitor(context);
    Opinion opinion = opinion(context);
    Utterance utterance = utterance(visitor, opinion);
    LabelFeedback feedback = feedback(visitor, opinion, utterance);
    CallKey call = new CallKey(feedback.getTenant(), feedback.getConversationId());
    store.store(context, call, feedback::toByteBuffer);
  }

  private Utterance utterance(Visitor visitor, Opinion opinion) {
    CallKey key =
        new CallKey(String.valueOf(opinion.tenant()), String.valueOf(opinion.conversation()));
    return window
        .call(key)
        .filter(call -> visitor.maySee(key))
        .flatMap(
            call ->
                call.utterances().stream()
                    .filter(spoken -> spoken.eventId().equals(opinion.eventId()))
                    .findFirst())
        .orElseThrow(() -> new Problem(404, "no such utterance"));
  }

  private static LabelFeedback feedback(Visitor visitor, Opinion opinion, Utterance utterance) {
    Probabilities probabilities = utterance.probabilities();
    return LabelFeedback.newBuilder()
        .setTenant(String.valueOf(opinion.tenant()))
        .setConversationId(String.valueOf(opinion.conversation()))
        .setEventId(utterance.eventId())
        .setRevision(utterance.revision())
        .setChannel(utterance.channel())
        .setBeginOffsetMillis(utterance.beginMs())
        .setEndOffsetMillis(utterance.endMs())
        .setEmotion(utterance.emotion())
        .setProbabilities(probabilities == null ? Map.of() : probabilities.byEmotion())
        .setModelVersion(utterance.modelVersion())
        .setRightEmotion(opinion.rightEmotion())
        .setAuthor(visitor.name())
        .setTimeMs(System.currentTimeMillis())
        .build();
  }

  private static Opinion opinion(Context context) {
    Opinion opinion;
    try {
      opinion = Json.read(context.body(), Opinion.class);
    } catch (JsonProcessingException e) {
      throw new Problem(
          400, "the body must have tenant, conversation, eventId and perhaps rightEmotion");
    }
    String emotion = opinion.rightEmotion();
    if (emotion != null && (emotion.isBlank() || emotion.length() > LONGEST_EMOTION)) {
      throw new Problem(400, "rightEmotion must have 1 to 64 characters, but is " + emotion);
    }
    return opinion;
  }
}
