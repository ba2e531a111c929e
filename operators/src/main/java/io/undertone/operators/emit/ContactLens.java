package io.undertone.operators.emit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.undertone.model.EmotionEstimate;
import io.undertone.operators.Conversation;
import io.undertone.operators.state.TrajectoryPoint;
import io.undertone.schemas.ConversationCharacteristics;
import io.undertone.schemas.EmotionEvent;
import io.undertone.schemas.OffsetSpan;
import io.undertone.schemas.SentimentByPeriod;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * An ended call as Amazon Connect Contact Lens tells it in its output file, version 1.1.0. What
 * Undertone does not know is left out: words, categories, what needs both sides without the agent.
 */
final class ContactLens {
  private static final String VERSION = "1.1.0";

  /** Contact Lens gives levels from 0 to 100 or so. */
  private static final int SCORE_OF_FULL_SCALE = 100;

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final EmotionEvent summary;
  private final ConversationCharacteristics call;
  private final List<TrajectoryPoint> heard;
  private final EmitOptions options;

  private ContactLens(EmotionEvent summary, List<TrajectoryPoint> heard, EmitOptions options) {
    this.summary = summary;
    call = summary.getConversation();
    this.heard = heard;
    this.options = options;
  }

  /**
   * The document of a call.
   *
   * @param summary the event of its end
   * @param heard all its utterances, also those of which only voice activity was heard
   */
  static CallDocument document(
      EmotionEvent summary, List<TrajectoryPoint> heard, EmitOptions options) {
    return new CallDocument(
        new Conversation(summary.getTenant(), summary.getConversationId()),
        new ContactLens(summary, heard, options).document().toString());
  }

  private ObjectNode document() {
    ObjectNode document = JSON.objectNode();
    document.put("Version", VERSION);
    document.put("Channel", "VOICE");
    document.put("JobStatus", "COMPLETED");
    document.put("InstanceId", summary.getTenant());
    document.put("ContactId", summary.getConversationId());
    document
        .putObject("CustomerMetadata")
        .put("InstanceId", summary.getTenant())
        .put("ContactId", summary.getConversationId());
    ArrayNode participants = document.putArray("Participants");
    for (String role : roles(heard)) {
      participants.addObject().put("ParticipantId", role).put("ParticipantRole", role);
    }
    document.set("ConversationCharacteristics", characteristics());
    document.set("Transcript", transcript());
    return document;
  }

  private ObjectNode characteristics() {
    ObjectNode node = JSON.objectNode();
    node.put("TotalConversationDurationMillis", call.getTotalConversationDurationMillis());
    node.set("Sentiment", sentiment());
    if (call.getInterruptions() != null) {
      ObjectNode interruptions = node.putObject("Interruptions");
      ObjectNode byInterrupter = interruptions.putObject("InterruptionsByInterrupter");
      call.getInterruptions()
          .getInterruptionsByInterrupter()
          .forEach((role, spans) -> byInterrupter.set(role, spans(spans)));
      interruptions.put("TotalCount", call.getInterruptions().getTotalCount());
      interruptions.put("TotalTimeMillis", call.getInterruptions().getTotalTimeMillis());
    }
    if (call.getNonTalkTime() != null) {
      ObjectNode silence = node.putObject("NonTalkTime");
      silence.put("TotalTimeMillis", call.getNonTalkTime().getTotalTimeMillis());
      silence.set("Instances", spans(call.getNonTalkTime().getInstances()));
    }
    ObjectNode speed = node.putObject("TalkSpeed").putObject("DetailsByParticipant");
    call.getTalkSpeed()
        .getDetailsByParticipant()
        .forEach(
            (role, pace) ->
                speed
                    .putObject(role)
                    .put(
                        "AverageSyllablesPerMinute",
                        Math.round(60 * pace.getAverageSyllablesPerSecond())));
    ObjectNode talkTime = node.putObject("TalkTime");
    if (call.getTalkTime().getTotalTimeMillis() != null) {
      talkTime.put("TotalTimeMillis", call.getTalkTime().getTotalTimeMillis());
    }
    ObjectNode times = talkTime.putObject("DetailsByParticipant");
    call.getTalkTime()
        .getDetailsByParticipant()
        .forEach(
            (role, time) ->
                times.putObject(role).put("TotalTimeMillis", time.getTotalTimeMillis()));
    return node;
  }

  private ObjectNode sentiment() {
    ObjectNode sentiment = JSON.objectNode();
    ObjectNode overall = sentiment.putObject("OverallSentiment");
    ObjectNode quarters = sentiment.putObject("SentimentByPeriod").putObject("QUARTER");
    List<TrajectoryPoint> estimated = Trajectories.estimated(heard);
    for (String role : roles(estimated)) {
      List<TrajectoryPoint> own =
          estimated.stream().filter(point -> point.getRole().equals(role)).toList();
      EmotionMean.between(own, Long.MIN_VALUE, Long.MAX_VALUE)
          .ifPresent(mean -> overall.put(role, rounded(Sentiments.score(mean))));
      ArrayNode scores = quarters.putArray(role);
      for (SentimentByPeriod quarter : call.getSentimentByQuarter()) {
        long beginMs = quarter.getBeginOffsetMillis();
        long endMs = quarter.getEndOffsetMillis();
        Optional<EmotionEstimate> mean = EmotionMean.between(own, beginMs, endMs);
        ObjectNode score =
            scores.addObject().put("BeginOffsetMillis", beginMs).put("EndOffsetMillis", endMs);
        if (mean.isPresent()) {
          score.put("Score", rounded(Sentiments.score(mean.get())));
        } else {
          score.putNull("Score");
        }
      }
    }
    return sentiment;
  }

  private ArrayNode transcript() {
    ArrayNode transcript = JSON.arrayNode();
    heard.stream()
        .sorted(
            Comparator.comparingLong(TrajectoryPoint::getBeginOffsetMs)
                .thenComparingInt(TrajectoryPoint::getChannel))
        .forEach(point -> transcript.add(turn(point)));
    return transcript;
  }

  private ObjectNode turn(TrajectoryPoint point) {
    Conversation conversation = new Conversation(summary.getTenant(), summary.getConversationId());
    ObjectNode turn = JSON.objectNode();
    turn.put(
        "Id", EventIds.ofUtterance(conversation, point.getChannel(), point.getBeginOffsetMs()));
    turn.put("ParticipantId", point.getRole());
    turn.put("BeginOffsetMillis", point.getBeginOffsetMs());
    turn.put("EndOffsetMillis", point.getEndOffsetMs());
    if (Trajectories.hasEstimate(point)) {
      EmotionEstimate estimate = Trajectories.estimate(point);
      if (options.isCertain(estimate)) {
        turn.put("Sentiment", Sentiments.of(estimate.emotion()).name());
      }
    }
    if (point.getLoudnessDbfs() != null) {
      turn.putArray("LoudnessScore").add(rounded(SCORE_OF_FULL_SCALE + point.getLoudnessDbfs()));
    }
    return turn;
  }

  private static ArrayNode spans(List<OffsetSpan> spans) {
    ArrayNode node = JSON.arrayNode();
    for (OffsetSpan span : spans) {
      node.addObject()
          .put("BeginOffsetMillis", span.getBeginOffsetMillis())
          .put("DurationMillis", span.getEndOffsetMillis() - span.getBeginOffsetMillis())
          .put("EndOffsetMillis", span.getEndOffsetMillis());
    }
    return node;
  }

  private static TreeSet<String> roles(List<TrajectoryPoint> points) {
    TreeSet<String> roles = new TreeSet<>();
    points.forEach(point -> roles.add(point.getRole()));
    return roles;
  }

  /** Two digits, as Contact Lens has them. */
  private static double rounded(float value) {
    return Math.round(100.0 * value) / 100.0;
  }
}
