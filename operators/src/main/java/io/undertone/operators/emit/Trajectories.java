package io.undertone.operators.emit;

import io.undertone.model.EmotionEstimate;
import io.undertone.operators.recognize.RecognizedUtterance;
import io.undertone.operators.segment.UtteranceSpan;
import io.undertone.operators.state.TrajectoryPoint;
import java.util.ArrayList;
import java.util.List;

/** Utterances as they are kept until the call's end. */
final class Trajectories {

  private Trajectories() {}

  static TrajectoryPoint point(RecognizedUtterance utterance) {
    List<Float> probabilities = new ArrayList<>();
    for (float probability : utterance.probabilities()) {
      probabilities.add(probability);
    }
    UtteranceSpan span = utterance.span();
    return TrajectoryPoint.newBuilder()
        .setChannel(span.channel())
        .setRole(span.role().name())
        .setBeginOffsetMs(span.beginOffsetMs())
        .setEndOffsetMs(span.endOffsetMs())
        .setProbabilities(probabilities)
        .setUpdateStep(utterance.updateStep())
        .build();
  }

  static EmotionEstimate estimate(TrajectoryPoint point) {
    float[] probabilities = new float[point.getProbabilities().size()];
    for (int i = 0; i < probabilities.length; i++) {
      probabilities[i] = point.getProbabilities().get(i);
    }
    return new EmotionEstimate(probabilities);
  }

  static String emotion(TrajectoryPoint point) {
    return estimate(point).emotion().longName();
  }
}
