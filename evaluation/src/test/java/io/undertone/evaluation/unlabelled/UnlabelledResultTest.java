package io.undertone.evaluation.unlabelled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.undertone.audio.Pcm16;
import io.undertone.audio.Utterance;
import io.undertone.evaluation.dialogue.Conditions;
import io.undertone.model.Emotion;
import io.undertone.model.EmotionEstimate;
import io.undertone.training.evaluation.Bootstrap;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class UnlabelledResultTest {
  private static final int HALF_AN_HOUR_MS = 1_800_000;
  private static final Path CALL = Path.of("call.wav");
  private static final Path MUSIC = Path.of("music.wav");

  @Test
  void countsEachUtteranceThatReachesTheThreshold() {
    UnlabelledResult result =
        result(recording(CALL, 1000, new float[] {0.1f, 0.6f, 0.9f, 0.59f}, new float[4]));

    ConditionResult window = window(result.all());
    assertThat(window.alarms()).isEqualTo(2);
    assertThat(window.alarmsAnHour()).isEqualTo(4);
    assertThat(window.alarming().orElseThrow().value()).isEqualTo(0.5);
    ConditionResult memory = memory(result.all());
    assertThat(memory.alarms()).isZero();
    assertThat(memory.alarming().orElseThrow().value()).isZero();
  }

  @Test
  void sharesAreThoseOfTheMostProbableEmotion() {
    UnlabelledResult result =
        result(recording(CALL, 1000, new float[] {0.1f, 0.6f, 0.9f, 0.59f}, new float[4]));

    Map<Emotion, Share> emotions = window(result.all()).emotions();
    assertThat(emotions).containsOnlyKeys(Emotion.values());
    assertThat(share(emotions, Emotion.ANGRY).value()).isEqualTo(0.75);
    Share neutral = share(emotions, Emotion.NEUTRAL);
    assertThat(neutral.value()).isEqualTo(0.25);
    assertThat(neutral.interval().low()).isZero();
    assertThat(neutral.interval().high()).isBetween(0.5, 0.75);
    assertThat(share(emotions, Emotion.SAD).value()).isZero();
  }

  @Test
  void aRecordingWithoutUtterancesCountsByItsDuration() {
    UnlabelledResult result =
        result(
            recording(CALL, 1000, new float[] {0.7f, 0.1f}, new float[] {0.8f, 0.7f}),
            recording(MUSIC, 1000, new float[0], new float[0]));

    RecordingResult music = of(MUSIC, result);
    assertThat(music.utterances()).isZero();
    assertThat(window(music).emotions()).isEmpty();
    assertThat(window(music).alarming()).isEmpty();
    assertThat(window(music).alarmsAnHour()).isZero();
    assertThat(window(of(CALL, result)).alarmsAnHour()).isEqualTo(2);
    assertThat(result.all().durationMs()).isEqualTo(2 * HALF_AN_HOUR_MS);
    assertThat(result.all().speechMs()).isEqualTo(2000);
    assertThat(window(result.all()).alarmsAnHour()).isEqualTo(1);
    assertThat(memory(result.all()).alarmsAnHour()).isEqualTo(2);
  }

  @Test
  void briefUtterancesHaveAResultOfTheirOwn() {
    UnlabelledResult result =
        result(
            recording(CALL, 699, new float[] {0.7f, 0.1f, 0.8f}, new float[3]),
            recording(MUSIC, 700, new float[] {0.9f}, new float[1]));

    assertThat(result.brief().utterances()).isEqualTo(3);
    assertThat(result.brief().speechMs()).isEqualTo(3 * 699);
    assertThat(window(result.brief()).alarmsAnHour()).isEqualTo(2);
    assertThat(window(result.brief()).alarming().orElseThrow().value())
        .isCloseTo(2 / 3.0, within(1e-9));
    assertThat(window(result.all()).alarms()).isEqualTo(3);
  }

  @Test
  void refusesAThresholdThatIsNoProbability() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AlarmThreshold(0))
        .withMessage("alarm threshold must be above 0 and at most 1, but is 0.0");
    assertThatIllegalArgumentException().isThrownBy(() -> new AlarmThreshold(1.1));
  }

  private static RecordingResult of(Path file, UnlabelledResult result) {
    return Objects.requireNonNull(result.byFile().get(file));
  }

  private static Share share(Map<Emotion, Share> emotions, Emotion emotion) {
    return Objects.requireNonNull(emotions.get(emotion));
  }

  private static ConditionResult window(RecordingResult result) {
    return Objects.requireNonNull(result.conditions().get(Conditions.WINDOW));
  }

  private static ConditionResult memory(RecordingResult result) {
    return Objects.requireNonNull(result.conditions().get(Conditions.MEMORY));
  }

  private static UnlabelledResult result(EvaluatedRecording... recordings) {
    return UnlabelledResult.of(
        Arrays.asList(recordings), new AlarmThreshold(0.6), new Bootstrap(1, 1000));
  }

  /**
   * Half an hour with utterances of one length, estimated as angry to some degree, else neutral.
   */
  private static EvaluatedRecording recording(
      Path file, int utteranceMs, float[] windowAngry, float[] memoryAngry) {
    List<Utterance> utterances = new ArrayList<>();
    for (int i = 0; i < windowAngry.length; i++) {
      int beginMs = 10_000 * i;
      utterances.add(
          new Utterance(i, beginMs, beginMs + utteranceMs, 0, new Pcm16(new short[0], 8000)));
    }
    return new EvaluatedRecording(
        new UnlabelledRecording(file, HALF_AN_HOUR_MS, utterances),
        Map.of(
            Conditions.WINDOW, estimates(windowAngry), Conditions.MEMORY, estimates(memoryAngry)));
  }

  private static List<EmotionEstimate> estimates(float[] angry) {
    List<EmotionEstimate> estimates = new ArrayList<>();
    for (float probability : angry) {
      float[] probabilities = new float[Emotion.values().length];
      probabilities[Emotion.ANGRY.ordinal()] = probability;
      probabilities[Emotion.NEUTRAL.ordinal()] = 1 - probability;
      estimates.add(new EmotionEstimate(probabilities));
    }
    return estimates;
  }
}
