package io.undertone.operators.recognize;

import static io.undertone.operators.recognize.RecognizeStage.CALL;
import static io.undertone.operators.recognize.RecognizeStage.call;
import static io.undertone.operators.recognize.RecognizeStage.utterance;
import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.model.FakeEmotionModelFactory;
import io.undertone.operators.testing.Backend;
import io.undertone.operators.testing.KeyedStage;
import io.undertone.operators.testing.Stages;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The time to live of a memory counts the time that the job runs, over all its restarts. */
class MemoryTimeToLiveTest {
  private static final long TTL_MS = 60_000;
  private static final long A_WEEK_MS = 7 * 86_400_000L;

  /** Calls leave the device at once, so that keyed state alone decides. */
  private static final RecognizeOptions OPTIONS =
      RecognizeOptions.defaults().withMemoryTtlMs(TTL_MS).withResidentBytes(0);

  @ParameterizedTest
  @EnumSource(Backend.class)
  void aMemoryDoesNotAgeWhileTheJobIsDown(Backend backend) throws Exception {
    OperatorSubtaskState snapshot;
    try (RecognizeStage stage = open(backend, 1, null, 0)) {
      stage.recognize(utterance(CALL, 0, 0.1f));
      stage.stage().setTimeMs(TTL_MS - 1);
      snapshot = stage.stage().snapshot();
    }
    try (RecognizeStage stage = open(backend, 2, snapshot, A_WEEK_MS)) {
      assertThat(stage.recognize(utterance(CALL, 1, 0.1f)).get(0).updateStep()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void aMemoryAgesOverRestarts(Backend backend) throws Exception {
    OperatorSubtaskState snapshot;
    try (RecognizeStage stage = open(backend, 1, null, 0)) {
      stage.recognize(utterance(CALL, 0, 0.1f));
      stage.stage().setTimeMs(TTL_MS - 1);
      snapshot = stage.stage().snapshot();
    }
    try (RecognizeStage stage = open(backend, 2, snapshot, A_WEEK_MS)) {
      stage.stage().setTimeMs(A_WEEK_MS + 1);
      assertThat(stage.recognize(utterance(CALL, 1, 0.1f)).get(0).updateStep()).isEqualTo(1);
    }
  }

  /** Nothing else touches it: its call is silent, and not on the device. */
  @Test
  void aCheckpointErasesExpiredMemories() throws Exception {
    try (RecognizeStage stage = open(Backend.HASH_MAP, 1, null, 0)) {
      stage.recognize(utterance(call(1), 0, 0.1f));
      stage.stage().setTimeMs(TTL_MS / 2);
      stage.recognize(utterance(call(2), 0, 0.1f));
      int both = stage.stage().stateEntries();
      stage.stage().setTimeMs(TTL_MS);
      stage.stage().snapshot();

      assertThat(stage.stage().stateEntries()).isEqualTo(both / 2).isPositive();
      assertThat(stage.recognize(utterance(call(2), 1, 0.1f)).get(0).updateStep()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void anExpiredMemoryIsNotRestored(Backend backend) throws Exception {
    OperatorSubtaskState snapshot;
    try (RecognizeStage stage = open(backend, 1, null, 0)) {
      stage.recognize(utterance(call(1), 0, 0.1f));
      stage.stage().setTimeMs(1);
      stage.recognize(utterance(call(2), 0, 0.1f));
      stage.stage().setTimeMs(TTL_MS);
      snapshot = stage.stage().snapshot();
    }
    try (RecognizeStage stage = open(backend, 1, snapshot, A_WEEK_MS)) {
      assertThat(stage.recognize(utterance(call(1), 1, 0.1f)).get(0).updateStep()).isEqualTo(1);
      assertThat(stage.recognize(utterance(call(2), 1, 0.1f)).get(0).updateStep()).isEqualTo(2);
    }
  }

  private static RecognizeStage open(
      Backend backend, int parallelism, @Nullable OperatorSubtaskState snapshot, long nowMs)
      throws Exception {
    return new RecognizeStage(
        KeyedStage.open(
            Stages.recognize(OPTIONS, new FakeEmotionModelFactory()),
            backend,
            parallelism,
            snapshot,
            nowMs));
  }
}
