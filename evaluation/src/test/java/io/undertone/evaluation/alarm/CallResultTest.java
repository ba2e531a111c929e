package io.undertone.evaluation.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.undertone.evaluation.dialogue.Conditions;
import io.undertone.evaluation.dialogue.EvaluatedDialogue;
import io.undertone.model.Emotion;
import io.undertone.model.EmotionEstimate;
import io.undertone.training.corpus.Dialogue;
import io.undertone.training.corpus.Turn;
import io.undertone.training.evaluation.Bootstrap;
import io.undertone.training.evaluation.Interval;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Calls of six utterances of one minute: ten make an hour. */
class CallResultTest {
  private static final Bootstrap BOOTSTRAP = new Bootstrap(1, 400);
  private static final Offset<Double> TOLERANCE = within(1e-6);
  private static final long MINUTE_MS = 60_000;

  @Test
  void findsEpisodesFromTheHighestThresholdToTheLowest() {
    List<EvaluatedDialogue> calls =
        List.of(
            call("nnaann", 0.1, 0.5, 0.8, 0.6, 0.2, 0.1),
            call("nnaann", 0.1, 0.1, 0.3, 0.4, 0.9, 0.1));

    AlarmCurve curve = withMemory(alarms(calls, Alarm.ANGER));

    // Twelve minutes. At 0.8 the second call's 0.9 is a false alarm; at 0.4 so is the first's 0.5.
    assertThat(curve.points()).hasSize(2);
    assertPoint(curve.points().get(0), 0.8, 0.5, 5);
    assertPoint(curve.points().get(1), 0.4, 1, 10);
    assertThat(curve.compared()).isEqualTo(curve.points().get(1));
  }

  @Test
  void comparesWhereFourEpisodesOfFiveAreFound() {
    List<EvaluatedDialogue> calls = new ArrayList<>();
    for (double found : List.of(0.9, 0.8, 0.7, 0.6, 0.1)) {
      calls.add(call("nnannn", 0.65, 0.05, found, 0.05, 0.05, 0.05));
    }

    AlarmResult result = alarms(calls, Alarm.ANGER);

    // At 0.6, the 0.65 of each of five calls is a false alarm: five in half an hour.
    assertPoint(withMemory(result).compared(), 0.6, 0.8, 10);
    assertThat(result.difference()).isEqualTo(0);
    assertThat(result.interval()).isEqualTo(new Interval(0, 0));
  }

  @Test
  void anUtteranceOfAnotherEpisodeIsAFalseAlarmOfAnger() {
    List<EvaluatedDialogue> calls =
        List.of(
            call("nnannn", 0.1, 0.1, 0.5, 0.1, 0.1, 0.1),
            call("nnsnnn", 0.1, 0.1, 0.9, 0.1, 0.1, 0.1));

    assertPoint(withMemory(alarms(calls, Alarm.ANGER)).compared(), 0.5, 1, 5);
    // Both episodes are found at 0.5, without a false alarm.
    assertPoint(withMemory(alarms(calls, Alarm.EMOTION)).compared(), 0.5, 1, 0);
  }

  @Test
  void theDifferenceIsThatOfTheFalseAlarmsOfMemoryAndWindow() {
    double[] memory = {0.1, 0.1, 0.5, 0.1, 0.1, 0.1};
    double[] window = {0.1, 0.1, 0.5, 0.6, 0.7, 0.1};
    List<EvaluatedDialogue> calls =
        List.of(call("nnannn", memory, window), call("nnannn", memory, window));

    AlarmResult result = alarms(calls, Alarm.ANGER);

    // Two false alarms in six minutes without memory, none with it, in each call.
    assertThat(result.difference()).isEqualTo(-20, TOLERANCE);
    assertThat(result.interval().low()).isEqualTo(-20, TOLERANCE);
    assertThat(result.interval().high()).isEqualTo(-20, TOLERANCE);
  }

  @Test
  void theAreaCountsEqualScoresByHalf() {
    List<EvaluatedDialogue> calls = List.of(call("nannnn", 0.2, 0.5, 0.5, 0.9, 0.1, 0.3));

    // Of five other utterances, the angry one is above three and equal to one.
    assertThat(result(calls).anger())
        .hasEntrySatisfying(
            Conditions.MEMORY, area -> assertThat(area.value()).isEqualTo(0.7, TOLERANCE));
  }

  @Test
  void withoutAngryEpisodesThereAreNoAlarmsOfAnger() {
    CallResult result = result(List.of(call("nsnnnn", 0.1, 0.5, 0.1, 0.1, 0.1, 0.1)));

    assertThat(result.alarms()).containsOnlyKeys(Alarm.EMOTION);
    assertThat(result.anger()).isEmpty();
  }

  @Test
  void countsCallsAndTheirHours() {
    EvaluatedDialogue call = call("nnannn", 0.1, 0.1, 0.5, 0.1, 0.1, 0.1);
    EvaluatedDialogue dialogue =
        new EvaluatedDialogue(new Dialogue("d", "file", call.dialogue().turns()), call.estimates());

    assertThat(result(List.of(call, dialogue)).calls()).isEqualTo(1);
    assertThat(result(List.of(call, dialogue)).hours()).isEqualTo(0.1, TOLERANCE);
    assertThat(CallResult.of(List.of(dialogue), turn -> MINUTE_MS, BOOTSTRAP)).isEmpty();
  }

  private static CallResult result(List<EvaluatedDialogue> calls) {
    return CallResult.of(calls, turn -> MINUTE_MS, BOOTSTRAP).orElseThrow();
  }

  private static AlarmResult alarms(List<EvaluatedDialogue> calls, Alarm alarm) {
    return Optional.ofNullable(result(calls).alarms().get(alarm)).orElseThrow();
  }

  private static AlarmCurve withMemory(AlarmResult result) {
    return Optional.ofNullable(result.curves().get(Conditions.MEMORY)).orElseThrow();
  }

  private static void assertPoint(
      AlarmCurve.Point point, double threshold, double found, double falseAlarmsAnHour) {
    assertThat(point.threshold()).isEqualTo(threshold, TOLERANCE);
    assertThat(point.found()).isEqualTo(found, TOLERANCE);
    assertThat(point.falseAlarmsAnHour()).isEqualTo(falseAlarmsAnHour, TOLERANCE);
  }

  /** A call with the same probabilities of anger under all conditions; the rest is neutral. */
  private static EvaluatedDialogue call(String labels, double... angry) {
    return call(labels, angry, angry);
  }

  private static EvaluatedDialogue call(String labels, double[] memory, double[] others) {
    List<Turn> turns = new ArrayList<>();
    for (char label : labels.toCharArray()) {
      Emotion emotion = Emotion.values()["hsan".indexOf(label)];
      turns.add(new Turn("CUSTOMER", "corpus/one", emotion, "any.wav"));
    }
    Map<String, List<EmotionEstimate>> estimates = new HashMap<>();
    for (String condition : Conditions.ALL) {
      estimates.put(condition, estimates(condition.equals(Conditions.MEMORY) ? memory : others));
    }
    return new EvaluatedDialogue(
        new Dialogue("call", "file", Dialogue.Kind.CALL, turns), estimates);
  }

  private static List<EmotionEstimate> estimates(double[] angry) {
    List<EmotionEstimate> estimates = new ArrayList<>();
    for (double probability : angry) {
      float[] probabilities = new float[Emotion.values().length];
      probabilities[Emotion.ANGRY.ordinal()] = (float) probability;
      probabilities[Emotion.NEUTRAL.ordinal()] = (float) (1 - probability);
      estimates.add(new EmotionEstimate(probabilities));
    }
    return estimates;
  }
}
