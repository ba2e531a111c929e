package io.undertone.operators.recognize;

import static io.undertone.operators.recognize.RecognizeStage.CALL;
import static io.undertone.operators.recognize.RecognizeStage.call;
import static io.undertone.operators.recognize.RecognizeStage.utterance;
import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.model.EmotionEstimate;
import io.undertone.model.FakeEmotionModel;
import io.undertone.model.FakeEmotionModelFactory;
import io.undertone.model.GatedModel;
import io.undertone.model.recognizer.EmotionModelFactory;
import io.undertone.model.recognizer.ModelHandle;
import io.undertone.operators.testing.Backend;
import io.undertone.operators.utterance.RecognizedUtterance;
import io.undertone.operators.utterance.SpokenUtterance;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResidentCallsTest {
  private static final RecognizeOptions OPTIONS = RecognizeOptions.defaults();
  private static final int CALLS = 5;

  /** A factory is serialized with the job graph, so it finds the test's model here. */
  private static GatedModel model = new GatedModel();

  private static final EmotionModelFactory MODELS = () -> ModelHandle.of(model);

  @BeforeEach
  void newModel() {
    model = new GatedModel();
    model.release(1_000);
  }

  @Test
  void aCallStaysOnTheDeviceAndIsSavedAtTheBarrier() throws Exception {
    try (RecognizeStage stage = RecognizeStage.open(OPTIONS, MODELS)) {
      stage.recognize(utterance(CALL, 0, 0.1f), utterance(CALL, 1, 0.1f));
      assertThat(stage.stage().stateEntries()).isZero();
      assertThat(stage.stage().measure("residentMemoryBytes"))
          .isEqualTo(FakeEmotionModel.MEMORY_BYTES);

      stage.stage().snapshot();

      assertThat(stage.stage().stateEntries()).isEqualTo(RecognizeStage.ENTRIES_OF_CALL);
      assertThat(model.openMemories()).isEqualTo(1);
    }
    assertThat(model.openMemories()).isZero();
  }

  @Test
  void aCheckpointSavesUpdatesSinceTheLast() throws Exception {
    try (RecognizeStage stage = RecognizeStage.open(OPTIONS, MODELS)) {
      stage.recognize(utterance(call(1), 0, 0.1f), utterance(call(2), 0, 0.1f));
      stage.stage().snapshot();
      long both = stage.stage().measure("checkpointMemoryBytes");
      stage.recognize(utterance(call(2), 1, 0.1f));
      stage.stage().snapshot();
      long one = stage.stage().measure("checkpointMemoryBytes");
      stage.stage().snapshot();

      assertThat(both).isPositive();
      assertThat(one).isPositive().isLessThan(both);
      assertThat(stage.stage().measure("checkpointMemoryBytes")).isZero();
      assertThat(stage.stage().measure("checkpointMemoryMs")).isNotNegative();
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 2", "1, 2, 0"})
  void countsWhetherACallWasOnTheDevice(long places, long hits, long loads) throws Exception {
    RecognizeOptions options = OPTIONS.withResidentBytes(places * FakeEmotionModel.MEMORY_BYTES);
    try (RecognizeStage stage = RecognizeStage.open(options, MODELS)) {
      for (int index = 0; index < 3; index++) {
        stage.recognize(utterance(CALL, index, 0.1f));
      }

      assertThat(stage.stage().measure("memoryHits")).isEqualTo(hits);
      assertThat(stage.stage().measure("memoryLoads")).isEqualTo(loads);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 4})
  void anEvictedCallGoesOnAsItWas(long places) throws Exception {
    SpokenUtterance[] utterances = rounds(0, 4);
    List<RecognizedUtterance> undisturbed;
    try (RecognizeStage stage = RecognizeStage.open(OPTIONS, MODELS)) {
      undisturbed = stage.recognize(utterances);
      assertThat(stage.stage().count("memoryEvictions")).isZero();
    }
    RecognizeOptions tight = OPTIONS.withResidentBytes(places * FakeEmotionModel.MEMORY_BYTES);
    newModel();
    try (RecognizeStage stage = RecognizeStage.open(tight, MODELS)) {
      List<RecognizedUtterance> recognized = new ArrayList<>();
      for (SpokenUtterance utterance : utterances) {
        recognized.addAll(stage.recognize(utterance));
        assertThat((long) model.openMemories()).isLessThanOrEqualTo(places);
      }

      assertThat(recognized)
          .usingRecursiveFieldByFieldElementComparator()
          .containsExactlyInAnyOrderElementsOf(undisturbed);
      assertThat(stage.stage().count("memoryEvictions")).isPositive();
      assertThat(stage.stage().count("memoryResets")).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 3})
  void bothChannelsOfACallAreEvictedAndComeBack(long places) throws Exception {
    SpokenUtterance[] utterances = new SpokenUtterance[24];
    for (int i = 0; i < utterances.length; i++) {
      utterances[i] = utterance(call(i % 3), i / 3 % 2, i / 6, i / 100f);
    }
    List<RecognizedUtterance> undisturbed;
    try (RecognizeStage stage = RecognizeStage.open(OPTIONS, MODELS)) {
      undisturbed = stage.recognize(utterances);
    }
    RecognizeOptions tight = OPTIONS.withResidentBytes(places * FakeEmotionModel.MEMORY_BYTES);
    newModel();
    try (RecognizeStage stage = RecognizeStage.open(tight, MODELS)) {
      assertThat(stage.recognize(utterances))
          .usingRecursiveFieldByFieldElementComparator()
          .containsExactlyInAnyOrderElementsOf(undisturbed);
      assertThat((long) model.openMemories()).isLessThanOrEqualTo(places);
    }
  }

  @Test
  void stepsOfACallWaitWhileItIsEvicted() throws Exception {
    SpokenUtterance[] utterances = rounds(0, 20);
    List<RecognizedUtterance> undisturbed;
    try (RecognizeStage stage = RecognizeStage.open(OPTIONS, MODELS)) {
      undisturbed = stage.recognize(utterances);
    }
    newModel();
    try (RecognizeStage stage = RecognizeStage.open(OPTIONS.withResidentBytes(0), MODELS)) {
      assertThat(stage.recognize(utterances))
          .usingRecursiveFieldByFieldElementComparator()
          .containsExactlyInAnyOrderElementsOf(undisturbed);
      assertThat(model.openMemories()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void aChannelGetsTheLastEstimateOfTheOtherSideEvenAfterARestore(Backend backend)
      throws Exception {
    float[] first;
    OperatorSubtaskState snapshot;
    try (RecognizeStage stage = RecognizeStage.open(OPTIONS, MODELS, backend, 1, null)) {
      first = stage.recognize(utterance(CALL, 0, 0.1f)).get(0).probabilities();
      snapshot = stage.stage().snapshot();
    }
    newModel();
    try (RecognizeStage stage = RecognizeStage.open(OPTIONS, MODELS, backend, 1, snapshot)) {
      stage.recognize(utterance(CALL, 1, 0, 0.3f));
      stage.recognize(utterance(CALL, 1, 1, 0.3f));
      stage.recognize(utterance(CALL, 1, 0.2f));
    }

    List<Optional<EmotionEstimate>> otherSides =
        model.batches().stream().map(batch -> batch.get(0).otherSide()).toList();
    assertThat(otherSides.subList(0, 2)).containsOnly(Optional.of(new EmotionEstimate(first)));
    assertThat(otherSides.get(2)).isPresent().isNotEqualTo(otherSides.get(0));
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void aRestoreGoesOnFromTheSnapshot(Backend backend) throws Exception {
    EmotionModelFactory models = new FakeEmotionModelFactory();
    List<RecognizedUtterance> undisturbed;
    OperatorSubtaskState snapshot;
    try (RecognizeStage stage = RecognizeStage.open(OPTIONS, models, backend, 1, null)) {
      stage.take(rounds(0, 3));
      stage.stage().snapshot();
      stage.take(rounds(3, 5));
      snapshot = stage.stage().snapshot();
      stage.stage().drain();
      undisturbed = stage.recognize(rounds(5, 8));
    }
    RecognizeOptions tight = OPTIONS.withResidentBytes(2 * FakeEmotionModel.MEMORY_BYTES);
    try (RecognizeStage stage = RecognizeStage.open(tight, models, backend, 2, snapshot)) {
      assertThat(stage.recognize(rounds(5, 8)))
          .usingRecursiveFieldByFieldElementComparator()
          .containsExactlyInAnyOrderElementsOf(undisturbed);
    }
  }

  @Test
  void anExpiredCallLeavesTheDeviceAndTheState() throws Exception {
    try (RecognizeStage stage = RecognizeStage.open(OPTIONS, MODELS)) {
      stage.recognize(utterance(call(1), 0, 0.1f));
      stage.stage().setTimeMs(1_000);
      stage.recognize(utterance(call(2), 0, 0.1f));
      stage.stage().snapshot();
      stage.stage().setTimeMs(OPTIONS.memoryTtlMs());
      stage.stage().snapshot();

      assertThat(model.openMemories()).isEqualTo(1);
      assertThat(stage.stage().stateEntries()).isEqualTo(RecognizeStage.ENTRIES_OF_CALL);
      assertThat(stage.recognize(utterance(call(2), 1, 0.1f)).get(0).updateStep()).isEqualTo(2);
    }
  }

  @Test
  void aSilentChannelExpiresWhileItsCallGoesOn() throws Exception {
    try (RecognizeStage stage = RecognizeStage.open(OPTIONS, MODELS)) {
      stage.recognize(utterance(CALL, 1, 0, 0.1f));
      stage.stage().setTimeMs(1_000);
      stage.recognize(utterance(CALL, 0, 0.1f));
      stage.stage().setTimeMs(OPTIONS.memoryTtlMs());
      stage.recognize(utterance(CALL, 1, 0.1f));
      assertThat(model.openMemories()).isEqualTo(1);
      stage.recognize(utterance(CALL, 1, 1, 0.1f));

      assertThat(model.batches().stream().map(batch -> batch.get(0).otherSide().isPresent()))
          .containsExactly(false, true, false, true);
      assertThat(model.batches().get(3).get(0).memory().updateStep()).isEqualTo(1);
    }
  }

  @Test
  void anExpiredChannelIsNotSaved() throws Exception {
    try (RecognizeStage stage = RecognizeStage.open(OPTIONS, MODELS)) {
      stage.recognize(utterance(CALL, 1, 0, 0.1f));
      stage.stage().setTimeMs(1_000);
      stage.recognize(utterance(CALL, 0, 0.1f));
      stage.stage().setTimeMs(OPTIONS.memoryTtlMs());
      stage.stage().snapshot();
      long oneChannel = stage.stage().measure("checkpointMemoryBytes");
      assertThat(stage.stage().measure("residentMemoryBytes"))
          .isEqualTo(FakeEmotionModel.MEMORY_BYTES);
      stage.recognize(utterance(CALL, 1, 0.1f));
      stage.stage().snapshot();

      // The history has one more token now.
      assertThat(stage.stage().measure("checkpointMemoryBytes"))
          .isEqualTo(oneChannel + Integer.BYTES);
    }
  }

  /** One utterance of each call, round by round. */
  private static SpokenUtterance[] rounds(int from, int to) {
    List<SpokenUtterance> utterances = new ArrayList<>();
    for (int index = from; index < to; index++) {
      for (int i = 0; i < CALLS; i++) {
        utterances.add(utterance(call(i), index, (index * CALLS + i) / 100f));
      }
    }
    return utterances.toArray(SpokenUtterance[]::new);
  }
}
