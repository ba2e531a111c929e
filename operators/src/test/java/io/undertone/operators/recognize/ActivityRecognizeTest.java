package io.undertone.operators.recognize;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.model.FakeEmotionModel;
import io.undertone.model.recognizer.ModelHandle;
import io.undertone.operators.CallEnd;
import io.undertone.operators.utterance.RecognizedUtterance;
import io.undertone.operators.utterance.SpokenUtterance;
import io.undertone.operators.utterance.UtteranceSpan;
import io.undertone.schemas.Role;
import java.util.List;
import java.util.Map;
import org.apache.flink.types.Either;
import org.junit.jupiter.api.Test;

/** Speech of which only voice activity was heard passes the stage in order. */
class ActivityRecognizeTest {

  @Test
  void theModelGetsNoneOfItAndItKeepsItsPlace() throws Exception {
    FakeEmotionModel model = new FakeEmotionModel("fake-1");
    try (RecognizeStage stage =
        RecognizeStage.open(RecognizeOptions.defaults(), () -> ModelHandle.of(model))) {
      stage.take(
          activity(0),
          RecognizeStage.utterance(RecognizeStage.CALL, 0, 0.1f),
          activity(1),
          activity(2),
          RecognizeStage.utterance(RecognizeStage.CALL, 1, 0.2f),
          activity(3));

      List<Either<RecognizedUtterance, CallEnd>> steps = stage.stage().drain();
      assertThat(steps)
          .extracting(step -> step.left().isActivity())
          .containsExactly(true, false, true, true, false, true);
      assertThat(steps.get(2).left().span()).isEqualTo(span(1));
      assertThat(model.work().utterances()).isEqualTo(2);
      assertThat(model.openMemories()).isEqualTo(1);
    }
  }

  @Test
  void aCallOfNothingElseHasNoMemory() throws Exception {
    FakeEmotionModel model = new FakeEmotionModel("fake-1");
    try (RecognizeStage stage =
        RecognizeStage.open(RecognizeOptions.defaults(), () -> ModelHandle.of(model))) {
      stage.take(activity(0), activity(1));

      assertThat(stage.stage().drain()).hasSize(2);
      stage.stage().snapshot();
      assertThat(stage.stage().stateEntries()).isZero();
      assertThat(model.work().utterances()).isZero();
    }
  }

  @Test
  void loadDoesNotShedIt() throws Exception {
    FakeEmotionModel model = new FakeEmotionModel("fake-1");
    RecognizeOptions busy = RecognizeOptions.defaults().withLoad(new LoadLimits(10, 1, 1));
    try (RecognizeStage stage = RecognizeStage.open(busy, () -> ModelHandle.of(model))) {
      stage.stage().setTimeMs(1_000_000);
      stage.take(activity(0), activity(1), activity(2));

      assertThat(stage.stage().drain()).hasSize(3);
      assertThat(model.work().utterances()).isZero();
    }
  }

  private static SpokenUtterance activity(int index) {
    return SpokenUtterance.activity(span(index), 0);
  }

  private static UtteranceSpan span(int index) {
    return new UtteranceSpan(
        RecognizeStage.CALL,
        1,
        Role.AGENT,
        -1,
        index * 1_000L,
        index * 1_000L + 400,
        0,
        1,
        2,
        Map.of());
  }
}
