package io.undertone.operators.recognize;

import static io.undertone.operators.recognize.RecognizeStage.CALL;
import static io.undertone.operators.recognize.RecognizeStage.utterance;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.model.FakeEmotionModelFactory;
import io.undertone.model.recognizer.ModelHandle;
import io.undertone.operators.Conversation;
import io.undertone.operators.testing.Backend;
import io.undertone.operators.utterance.RecognizedUtterance;
import io.undertone.operators.utterance.SpokenUtterance;
import io.undertone.schemas.MemoryReset;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecognizeOperatorTest {
  private static final RecognizeOptions OPTIONS =
      RecognizeOptions.defaults().withMemoryTtlMs(1_000);

  @Test
  void eachUtteranceUsesTheMemoryOfThoseBefore() throws Exception {
    List<RecognizedUtterance> twice;
    try (var stage = RecognizeStage.open(OPTIONS, new FakeEmotionModelFactory())) {
      twice = stage.recognize(utterance(CALL, 0, 0.1f), utterance(CALL, 1, 0.1f));
    }

    assertThat(twice).extracting(RecognizedUtterance::updateStep).containsExactly(1, 2);
    assertThat(twice.get(1).probabilities()).isNotEqualTo(twice.get(0).probabilities());
    assertThat(twice).extracting(RecognizedUtterance::modelVersion).containsOnly("fake@fake-1");
  }

  @Test
  void callsDoNotAffectEachOther() throws Exception {
    SpokenUtterance other = utterance(new Conversation("acme", "call-2"), 0, 0.7f);
    float[] alone;
    try (var stage = RecognizeStage.open(OPTIONS, new FakeEmotionModelFactory())) {
      alone =
          stage
              .recognize(utterance(CALL, 0, 0.1f), utterance(CALL, 1, 0.2f))
              .get(1)
              .probabilities();
    }
    try (var stage = RecognizeStage.open(OPTIONS, new FakeEmotionModelFactory())) {
      List<RecognizedUtterance> mixed =
          stage.recognize(utterance(CALL, 0, 0.1f), other, utterance(CALL, 1, 0.2f));

      assertThat(mixed)
          .filteredOn(utterance -> utterance.conversation().equals(CALL))
          .last()
          .extracting(RecognizedUtterance::probabilities)
          .isEqualTo(alone);
    }
  }

  @Test
  void channelsOfACallHaveMemoriesOfTheirOwn() throws Exception {
    try (var stage = RecognizeStage.open(OPTIONS, new FakeEmotionModelFactory())) {
      List<RecognizedUtterance> mixed =
          stage.recognize(
              utterance(CALL, 0, 0.1f),
              utterance(CALL, 1, 0, 0.1f),
              utterance(CALL, 1, 1, 0.2f),
              utterance(CALL, 1, 0.2f));

      assertThat(mixed).extracting(RecognizedUtterance::updateStep).containsExactly(1, 1, 2, 2);
      assertThat(mixed.get(1).probabilities()).isEqualTo(mixed.get(0).probabilities());
      assertThat(mixed.get(2).probabilities()).isEqualTo(mixed.get(3).probabilities());
      stage.stage().snapshot();
      assertThat(stage.stage().stateEntries()).isPositive();
      stage.end(CALL);
      stage.stage().drain();

      assertThat(stage.stage().stateEntries()).isZero();
      assertThat(stage.stage().measure("residentMemoryBytes")).isZero();
    }
  }

  @Test
  void theEndErasesTheMemoryAndNamesTheModel() throws Exception {
    try (var stage = RecognizeStage.open(OPTIONS, new FakeEmotionModelFactory())) {
      List<RecognizedUtterance> first = stage.recognize(utterance(CALL, 0, 0.1f));
      stage.stage().snapshot();
      assertThat(stage.stage().stateEntries()).isEqualTo(RecognizeStage.ENTRIES_OF_CALL);
      stage.end(CALL);

      assertThat(stage.stage().drain().get(0).right().modelVersion()).isEqualTo("fake@fake-1");
      assertThat(stage.stage().stateEntries()).isZero();
      assertThat(stage.recognize(utterance(CALL, 0, 0.1f)).get(0).probabilities())
          .isEqualTo(first.get(0).probabilities());
    }
  }

  @Test
  void aMemoryWithoutUpdatesExpires() throws Exception {
    try (var stage = RecognizeStage.open(OPTIONS, new FakeEmotionModelFactory())) {
      stage.recognize(utterance(CALL, 0, 0.1f));
      stage.stage().setTimeMs(OPTIONS.memoryTtlMs() + 1);

      assertThat(stage.recognize(utterance(CALL, 1, 0.1f)).get(0).updateStep()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void aMemorySurvivesARestoreAtAnotherParallelism(Backend backend) throws Exception {
    List<SpokenUtterance> before = new ArrayList<>();
    List<SpokenUtterance> after = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Conversation call = new Conversation("acme", "call-" + i);
      before.add(utterance(call, 0, i / 20f));
      after.add(utterance(call, 1, i / 30f));
    }
    List<RecognizedUtterance> undisturbed;
    OperatorSubtaskState snapshot;
    try (var stage =
        RecognizeStage.open(OPTIONS, new FakeEmotionModelFactory(), backend, 1, null)) {
      stage.recognize(before.toArray(SpokenUtterance[]::new));
      snapshot = stage.stage().snapshot();
      undisturbed = stage.recognize(after.toArray(SpokenUtterance[]::new));
    }

    try (var stage =
        RecognizeStage.open(OPTIONS, new FakeEmotionModelFactory(), backend, 3, snapshot)) {
      assertThat(stage.recognize(after.toArray(SpokenUtterance[]::new)))
          .usingRecursiveFieldByFieldElementComparator()
          .containsExactlyInAnyOrderElementsOf(undisturbed);
    }
  }

  @Test
  void theMemoryOfAnotherModelIsDiscarded() throws Exception {
    OperatorSubtaskState snapshot;
    try (var stage = RecognizeStage.open(OPTIONS, new FakeEmotionModelFactory("old"))) {
      stage.recognize(utterance(CALL, 0, 0.1f));
      snapshot = stage.stage().snapshot();
    }

    try (var stage = RecognizeStage.open(OPTIONS, new FakeEmotionModelFactory("new"), snapshot)) {
      RecognizedUtterance recognized = stage.recognize(utterance(CALL, 1, 0.1f)).get(0);

      assertThat(recognized.updateStep()).isEqualTo(1);
      assertThat(recognized.modelVersion()).isEqualTo("fake@new");
      assertThat(recognized.memoryReset()).isEqualTo(MemoryReset.MODEL_CHANGED);
      assertThat(stage.recognize(utterance(CALL, 2, 0.1f)).get(0).memoryReset()).isNull();
      assertThat(stage.stage().count("memoryResets")).isEqualTo(1);
    }
  }

  @Test
  void reportsADroppedUpdate() throws Exception {
    try (var stage = RecognizeStage.open(OPTIONS, new FakeEmotionModelFactory())) {
      RecognizedUtterance recognized = stage.recognize(utterance(CALL, 0, -1)).get(0);

      assertThat(recognized.update().applied()).isFalse();
      assertThat(recognized.updateStep()).isZero();
      assertThat(stage.stage().count("droppedUpdates")).isEqualTo(1);
    }
  }

  @Test
  void aBrokenModelFailsTheTask() throws Exception {
    try (var stage = RecognizeStage.open(OPTIONS, () -> ModelHandle.of(new BrokenModel(8_000)))) {
      assertThatThrownBy(() -> stage.recognize(utterance(CALL, 0, 0.1f)))
          .hasStackTraceContaining("the device is gone");
    }
  }

  @Test
  void refusesAModelOfAnotherSampleRate() {
    assertThatThrownBy(
            () -> RecognizeStage.open(OPTIONS, () -> ModelHandle.of(new BrokenModel(16_000))))
        .hasStackTraceContaining("the model's sample rate must be 8000 Hz, but is 16000");
  }
}
