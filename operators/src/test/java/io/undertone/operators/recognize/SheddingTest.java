package io.undertone.operators.recognize;

import static io.undertone.operators.recognize.RecognizeStage.call;
import static io.undertone.operators.recognize.RecognizeStage.utterance;
import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.model.FakeEmotionModelFactory;
import io.undertone.model.GatedModel;
import io.undertone.model.recognizer.BatchLimits;
import io.undertone.model.recognizer.EmotionModelFactory;
import io.undertone.model.recognizer.ModelHandle;
import io.undertone.operators.Conversation;
import io.undertone.operators.utterance.RecognizedUtterance;
import io.undertone.schemas.ShedReason;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

class SheddingTest {
  private static final Conversation OTHER_TENANT = new Conversation("other", "call-1");

  /** A factory is serialized with the job graph, so it finds the test's model here. */
  private static GatedModel gated = new GatedModel();

  private static final EmotionModelFactory GATED = () -> ModelHandle.of(gated);

  private static RecognizeOptions with(LoadLimits limits) {
    return RecognizeOptions.defaults().withLoad(limits);
  }

  @Test
  void callsBeyondATenantsLimitHaveEventsButNoMemory() throws Exception {
    RecognizeOptions options = with(new LoadLimits(2, 0, 0));
    try (RecognizeStage stage = RecognizeStage.open(options, new FakeEmotionModelFactory())) {
      stage.recognize(utterance(call(1), 0, 0.1f), utterance(call(2), 0, 0.1f));
      List<RecognizedUtterance> beyond =
          stage.recognize(
              utterance(call(3), 0, 0.1f),
              utterance(call(3), 1, 0.1f),
              utterance(OTHER_TENANT, 0, 0.1f),
              utterance(call(1), 1, 0.1f));

      assertThat(beyond)
          .extracting(RecognizedUtterance::shed)
          .containsExactlyInAnyOrder(ShedReason.TENANT_LIMIT, ShedReason.TENANT_LIMIT, null, null);
      assertThat(beyond)
          .filteredOn(one -> one.conversation().equals(call(3)))
          .allSatisfy(
              one -> {
                assertThat(one.updateStep()).isZero();
                assertThat(one.update().applied()).isFalse();
              });
      assertThat(stage.stage().count("shedByTenantLimit")).isEqualTo(2);
      stage.stage().snapshot();
      assertThat(stage.stage().stateEntries()).isEqualTo(3 * RecognizeStage.ENTRIES_OF_CALL);
    }
  }

  @Test
  void theEndOfACallMakesRoomForAnother() throws Exception {
    RecognizeOptions options = with(new LoadLimits(1, 0, 0));
    try (RecognizeStage stage = RecognizeStage.open(options, new FakeEmotionModelFactory())) {
      stage.recognize(utterance(call(1), 0, 0.1f));
      assertThat(stage.recognize(utterance(call(2), 0, 0.1f)).get(0).shed()).isNotNull();
      assertThat(stage.stage().measure("liveCalls")).isEqualTo(1);
      stage.end(call(1));
      stage.stage().drain();
      assertThat(stage.stage().measure("liveCalls")).isZero();

      assertThat(stage.recognize(utterance(call(2), 1, 0.1f)).get(0).shed()).isNull();
    }
  }

  @Test
  void aSavedMemoryIsUsedWhateverTheLimit() throws Exception {
    OperatorSubtaskState snapshot;
    try (RecognizeStage stage =
        RecognizeStage.open(with(new LoadLimits(2, 0, 0)), new FakeEmotionModelFactory())) {
      stage.recognize(utterance(call(1), 0, 0.1f), utterance(call(2), 0, 0.1f));
      snapshot = stage.stage().snapshot();
    }
    try (RecognizeStage stage =
        RecognizeStage.open(
            with(new LoadLimits(1, 0, 0)), new FakeEmotionModelFactory(), snapshot)) {
      List<RecognizedUtterance> later =
          stage.recognize(utterance(call(1), 1, 0.1f), utterance(call(2), 1, 0.1f));

      assertThat(later).extracting(RecognizedUtterance::updateStep).containsExactly(2, 2);
    }
  }

  @Test
  void aHotCallDoesNotMakeOthersWaitForItsBacklog() throws Exception {
    gated = new GatedModel();
    RecognizeOptions options =
        with(new LoadLimits(1_000, 2, 0)).withBatches(new BatchLimits(16, 86_400_000));
    try (RecognizeStage stage = RecognizeStage.open(options, GATED)) {
      for (int i = 0; i < 15; i++) {
        stage.take(utterance(call(1), i, 0.1f));
      }
      stage.take(utterance(call(2), 0, 0.1f));
      gated.release(1_000);
      List<RecognizedUtterance> recognized = stage.recognize();

      // One at a time, the first two would have the others wait for fifteen batches.
      assertThat(gated.batchSizes()).hasSizeLessThanOrEqualTo(3);
      assertThat(recognized)
          .filteredOn(one -> one.conversation().equals(call(1)))
          .extracting(one -> one.span().utteranceIndex())
          .isSorted()
          .hasSize(15);
      assertThat(recognized)
          .extracting(RecognizedUtterance::shed)
          .filteredOn(ShedReason.CALL_LIMIT::equals)
          .hasSize(13);
      assertThat(stage.stage().count("shedByCallLimit")).isEqualTo(13);
    }
    assertThat(gated.openMemories()).isZero();
  }

  @Test
  void utterancesThatAreTooLateDoWithoutTheMemoryWhichGoesOnAfterwards() throws Exception {
    try (RecognizeStage stage =
        RecognizeStage.open(with(new LoadLimits(1_000, 0, 5_000)), new FakeEmotionModelFactory())) {
      // All utterances end 1 ms after the epoch.
      stage.recognize(utterance(call(1), 0, 0.1f));
      stage.stage().setTimeMs(5_002);
      RecognizedUtterance late = stage.recognize(utterance(call(1), 1, 0.1f)).get(0);
      assertThat(stage.stage().measure("eventLagMs")).isEqualTo(5_001);
      stage.stage().setTimeMs(5_001);
      RecognizedUtterance inTime = stage.recognize(utterance(call(1), 2, 0.1f)).get(0);

      assertThat(late.shed()).isEqualTo(ShedReason.OVERLOAD);
      assertThat(inTime.shed()).isNull();
      assertThat(inTime.updateStep()).isEqualTo(2);
      assertThat(stage.stage().count("shedByOverload")).isEqualTo(1);
    }
  }

  @Test
  void closingTheStageClosesTheMemoriesOfShedUtterances() throws Exception {
    gated = new GatedModel();
    try (RecognizeStage stage =
        RecognizeStage.open(
            with(new LoadLimits(1_000, 1, 0)).withBatches(new BatchLimits(8, 86_400_000)), GATED)) {
      stage.take(utterance(call(1), 0, 0.1f), utterance(call(1), 1, 0.1f));
      stage.stage().setTimeMs(40);
      assertThat(stage.stage().measure("oldestStepMs")).isEqualTo(40);
      gated.release(1_000);
    }

    assertThat(gated.openMemories()).isZero();
  }
}
