package io.undertone.operators.emit.talk;

import io.undertone.operators.state.TrajectoryPoint;
import io.undertone.schemas.ConversationCharacteristics;
import io.undertone.schemas.Loudness;
import io.undertone.schemas.ParticipantLoudness;
import io.undertone.schemas.ParticipantTalkSpeed;
import io.undertone.schemas.TalkSpeed;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** How loud and how fast each side spoke: means over its utterances, weighted by duration. */
public final class Voices {

  private Voices() {}

  /** Sets the fields of a call's characteristics. */
  public static void set(ConversationCharacteristics.Builder call, List<TrajectoryPoint> heard) {
    List<TrajectoryPoint> measured =
        heard.stream()
            .filter(point -> point.getLoudnessDbfs() != null)
            .filter(point -> point.getSyllablesPerSecond() != null)
            .toList();
    Map<String, ParticipantLoudness> loudness = new TreeMap<>();
    Map<String, ParticipantTalkSpeed> speed = new TreeMap<>();
    for (TrajectoryPoint one : measured) {
      List<TrajectoryPoint> same =
          measured.stream().filter(point -> point.getRole().equals(one.getRole())).toList();
      double power = mean(same, point -> Math.pow(10, point.getLoudnessDbfs() / 10));
      loudness.put(one.getRole(), new ParticipantLoudness((float) (10 * Math.log10(power))));
      double pace = mean(same, TrajectoryPoint::getSyllablesPerSecond);
      speed.put(one.getRole(), new ParticipantTalkSpeed((float) pace));
    }
    call.setLoudness(new Loudness(loudness)).setTalkSpeed(new TalkSpeed(speed));
  }

  private static double mean(
      List<TrajectoryPoint> points, ToDoubleFunction<TrajectoryPoint> value) {
    double sum = 0;
    double weights = 0;
    for (TrajectoryPoint point : points) {
      long durationMs = Math.max(1, point.getEndOffsetMs() - point.getBeginOffsetMs());
      sum += durationMs * value.applyAsDouble(point);
      weights += durationMs;
    }
    return sum / weights;
  }
}
