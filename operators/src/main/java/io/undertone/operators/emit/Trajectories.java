package io.undertone.operators.emit;

import io.undertone.audio.prosody.Prosody;
import io.undertone.model.EmotionEstimate;
import io.undertone.operators.state.TrajectoryPoint;
import io.undertone.operators.utterance.RecognizedUtterance;
import io.undertone.operators.utterance.UtteranceSpan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Conversions to and from {@link TrajectoryPoint}, what is stored of an utterance until the call
 * ends.
 */
final class Trajectories {

  private Trajectories() {}

  static TrajectoryPoint point(RecognizedUtterance utterance) {
    List<Float> probabilities = new ArrayList<>();
    for (float probability : utterance.probabilities()) {
      probabilities.add(probability);
    }
    UtteranceSpan span = utterance.span();
    TrajectoryPoint.Builder point =
        TrajectoryPoint.newBuilder()
            .setChannel(span.channel())
            .setRole(span.role().name())
            .setBeginOffsetMs(span.beginOffsetMs())
            .setEndOffsetMs(span.endOffsetMs())
            .setProbabilities(probabilities)
            .setUpdateStep(utterance.updateStep());
    Prosody prosody = utterance.prosody();
    if (prosody != null) {
      point.setLoudnessDbfs(prosody.loudnessDbfs());
      point.setSyllablesPerSecond(prosody.syllablesPerSecond());
    }
    return point.build();
  }

  /** Those with an estimate: of the others, only voice activity was heard. */
  static List<TrajectoryPoint> estimated(List<TrajectoryPoint> trajectory) {
    return trajectory.stream().filter(Trajectories::hasEstimate).toList();
  }

  static boolean hasEstimate(TrajectoryPoint point) {
    return !point.getProbabilities().isEmpty();
  }

  static EmotionEstimate estimate(TrajectoryPoint point) {
    float[] probabilities = new float[point.getProbabilities().size()];
    for (int i = 0; i < probabilities.length; i++) {
      probabilities[i] = point.getProbabilities().get(i);
    }
    return new EmotionEstimate(probabilities);
  }

  /**
   * The emotion of a channel's last utterance that was certain; null if there was none.
   *
   * @param latestFirst utterances of the call
   */
  static @Nullable String lastEmotion(
      Iterable<TrajectoryPoint> latestFirst, int channel, EmitOptions options) {
    for (TrajectoryPoint point : latestFirst) {
      if (point.getChannel() == channel
          && hasEstimate(point)
          && options.isCertain(estimate(point))) {
        return options.emotion(estimate(point));
      }
    }
    return null;
  }
}
