package io.undertone.operators.emit;

import io.undertone.model.EmotionEstimate;
import io.undertone.operators.emit.talk.Talk;
import io.undertone.operators.emit.talk.Voices;
import io.undertone.operators.state.TrajectoryPoint;
import io.undertone.schemas.ConversationCharacteristics;
import io.undertone.schemas.NegativeEpisode;
import io.undertone.schemas.ParticipantRole;
import io.undertone.schemas.Sentiment;
import io.undertone.schemas.SentimentByPeriod;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Summarizes a call after its end. The overall emotion is that of the mean over all utterances:
 * uncertain ones count by their probabilities. They are left out of shifts.
 */
public final class CallSummary {
  private static final int QUARTERS = 4;

  private CallSummary() {}

  /**
   * The summary, without what only the audio's way tells: how the call ended, and its chunks.
   *
   * @param heard all utterances of the call, also those of which only voice activity was heard
   */
  public static ConversationCharacteristics.Builder of(
      List<TrajectoryPoint> heard, long endOffsetMs, EmitOptions options) {
    List<TrajectoryPoint> trajectory = Trajectories.estimated(heard);
    Optional<EmotionEstimate> overall =
        EmotionMean.between(trajectory, Long.MIN_VALUE, Long.MAX_VALUE);
    ConversationCharacteristics.Builder call =
        ConversationCharacteristics.newBuilder()
            .setUtterances(trajectory.size())
            .setShifts(shifts(trajectory, options))
            .setOverallEmotion(overall.map(mean -> mean.emotion().longName()).orElse(null))
            .setOverallProbabilities(overall.map(EmotionEstimate::byLongName).orElse(Map.of()))
            .setOverallSentiment(sentiment(overall))
            .setSentimentByQuarter(quarters(trajectory, endOffsetMs))
            .setTotalConversationDurationMillis(endOffsetMs);
    Talk.set(call, heard, endOffsetMs);
    Voices.set(call, heard);
    setCallers(call, trajectory, endOffsetMs, options);
    return call;
  }

  /** What is said of the callers alone: nothing here judges an agent. */
  private static void setCallers(
      ConversationCharacteristics.Builder call,
      List<TrajectoryPoint> trajectory,
      long endOffsetMs,
      EmitOptions options) {
    List<TrajectoryPoint> callers =
        trajectory.stream()
            .filter(point -> !point.getRole().equals(ParticipantRole.AGENT.name()))
            .toList();
    List<NegativeEpisode> episodes = NegativeEpisodes.of(callers, options);
    call.setNegativeEpisodes(episodes)
        .setRecoveryTimeMillis(NegativeEpisodes.recoveryTimeMs(episodes))
        .setCallScore(CallScore.of(callers, endOffsetMs));
  }

  /** How often the emotion differs from that of the channel's last utterance that was certain. */
  private static int shifts(List<TrajectoryPoint> trajectory, EmitOptions options) {
    int shifts = 0;
    Map<Integer, String> emotions = new HashMap<>();
    for (TrajectoryPoint point : trajectory) {
      EmotionEstimate estimate = Trajectories.estimate(point);
      if (options.isCertain(estimate)) {
        String emotion = options.emotion(estimate);
        String before = emotions.put(point.getChannel(), emotion);
        if (before != null && !before.equals(emotion)) {
          shifts++;
        }
      }
    }
    return shifts;
  }

  private static List<SentimentByPeriod> quarters(
      List<TrajectoryPoint> trajectory, long endOffsetMs) {
    List<SentimentByPeriod> quarters = new ArrayList<>();
    for (int i = 0; i < QUARTERS; i++) {
      long beginMs = endOffsetMs * i / QUARTERS;
      long endMs = endOffsetMs * (i + 1) / QUARTERS;
      Optional<EmotionEstimate> mean = EmotionMean.between(trajectory, beginMs, endMs);
      quarters.add(
          SentimentByPeriod.newBuilder()
              .setBeginOffsetMillis(beginMs)
              .setEndOffsetMillis(endMs)
              .setSentiment(sentiment(mean))
              .setScore(mean.map(Sentiments::score).orElse(null))
              .build());
    }
    return quarters;
  }

  private static @Nullable Sentiment sentiment(Optional<EmotionEstimate> mean) {
    return mean.map(estimate -> Sentiments.of(estimate.emotion())).orElse(null);
  }
}
