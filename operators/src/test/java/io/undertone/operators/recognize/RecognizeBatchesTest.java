package io.undertone.operators.recognize;

import static io.undertone.operators.recognize.RecognizeStage.call;
import static io.undertone.operators.recognize.RecognizeStage.utterance;
import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.model.GatedModel;
import io.undertone.model.recognizer.BatchLimits;
import io.undertone.model.recognizer.EmotionModelFactory;
import io.undertone.model.recognizer.ModelHandle;
import io.undertone.operators.utterance.SpokenUtterance;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecognizeBatchesTest {
  private static final long FOREVER_MS = 86_400_000;
  private static final int MANY = 1_000;

  /** A factory is serialized with the job graph, so it finds the test's model here. */
  private static GatedModel model = new GatedModel();

  private static final EmotionModelFactory MODELS = () -> ModelHandle.of(model);

  enum Trigger {
    BARRIER {
      @Override
      void reach(RecognizeStage stage) throws Exception {
        stage.stage().snapshot();
      }
    },
    WATERMARK {
      @Override
      void reach(RecognizeStage stage) throws Exception {
        stage.stage().processWatermark(1);
      }
    },
    END_OF_INPUT {
      @Override
      void reach(RecognizeStage stage) throws Exception {
        stage.stage().endInput();
      }
    };

    abstract void reach(RecognizeStage stage) throws Exception;
  }

  @BeforeEach
  void newModel() {
    model = new GatedModel();
  }

  @Test
  void aFullBatchOfManyCallsStartsAtOnce() throws Exception {
    model.release(MANY);
    try (RecognizeStage stage = open(new BatchLimits(3, FOREVER_MS))) {
      stage.take(firstOfCalls(3));
      for (int i = 0; i < 3; i++) {
        stage.stage().awaitMail();
      }

      assertThat(stage.names()).containsExactly("call-0 0", "call-1 0", "call-2 0");
      assertThat(model.batchSizes()).containsExactly(3);
      assertThat(stage.stage().measure("modelBatches")).isEqualTo(1);
      assertThat(stage.stage().measure("modelUtterances")).isEqualTo(3);
      assertThat(stage.stage().measure("modelTokens")).isPositive();
      assertThat(stage.stage().measure("modelPaddingTokens")).isZero();
    }
  }

  @Test
  void aLoneUtteranceIsRecognizedAfterItsWait() throws Exception {
    model.release(MANY);
    try (RecognizeStage stage = open(new BatchLimits(MANY, 1))) {
      stage.take(firstOfCalls(1));
      stage.stage().awaitMail();

      assertThat(stage.names()).containsExactly("call-0 0");
    }
  }

  @ParameterizedTest
  @EnumSource(Trigger.class)
  void completesAllStepsBeforeA(Trigger trigger) throws Exception {
    model.release(MANY);
    try (RecognizeStage stage = open(new BatchLimits(MANY, FOREVER_MS))) {
      stage.take(firstOfCalls(3));
      stage.take(utterance(call(1), 1, 0.1f));
      assertThat(stage.names()).isEmpty();
      trigger.reach(stage);

      assertThat(stage.names())
          .containsExactlyInAnyOrder("call-0 0", "call-1 0", "call-2 0", "call-1 1");
    }
  }

  @Test
  void aCallIsInABatchOnceAndStaysInOrder() throws Exception {
    model.release(MANY);
    try (RecognizeStage stage = open(new BatchLimits(MANY, FOREVER_MS))) {
      stage.take(utterance(call(0), 0, 0.1f), utterance(call(0), 1, 0.2f));
      stage.take(utterance(call(1), 0, 0.3f), utterance(call(0), 2, 0.4f));
      stage.end(call(0));
      stage.end(call(1));
      stage.stage().snapshot();

      assertThat(model.batchSizes()).containsExactly(2, 1, 1);
      assertThat(stage.names())
          .containsSubsequence("call-0 0", "call-0 1", "call-0 2", "call-0 end")
          .containsSubsequence("call-1 0", "call-1 end")
          .hasSize(6);
      assertThat(model.openMemories()).isZero();
    }
  }

  @Test
  void theTaskTakesStepsWhileTheModelIsBusy() throws Exception {
    try (RecognizeStage stage = open(new BatchLimits(2, FOREVER_MS))) {
      stage.take(firstOfCalls(2));
      model.awaitBatch();
      stage.take(utterance(call(2), 0, 0.1f));
      stage.end(call(3));
      assertThat(stage.stage().measure("waitingUtterances")).isEqualTo(1);
      assertThat(stage.stage().measure("stepsInProgress")).isEqualTo(3);

      assertThat(stage.names()).containsExactly("call-3 end");
      model.release(MANY);
    }
  }

  @Test
  void takesInOneBatchAndTheNextAndThenWaits() throws Exception {
    try (RecognizeStage stage = open(new BatchLimits(1, 0))) {
      stage.take(firstOfCalls(2));
      assertThat(stage.names()).isEmpty();
      model.release(1);
      stage.take(utterance(call(2), 0, 0.1f));

      assertThat(stage.names()).containsExactly("call-0 0");
      model.release(MANY);
    }
  }

  @Test
  void closingWaitsForTheModelAndClosesAllMemories() throws Exception {
    try (RecognizeStage stage = open(new BatchLimits(1, 0))) {
      stage.take(firstOfCalls(2));
      model.awaitBatch();
      model.release(MANY);
    }

    assertThat(model.openMemories()).isZero();
  }

  private static RecognizeStage open(BatchLimits limits) throws Exception {
    return RecognizeStage.open(RecognizeOptions.defaults().withBatches(limits), MODELS);
  }

  private static SpokenUtterance[] firstOfCalls(int calls) {
    return IntStream.range(0, calls)
        .mapToObj(i -> utterance(call(i), 0, i / 10f))
        .toArray(SpokenUtterance[]::new);
  }
}
