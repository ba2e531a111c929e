package io.undertone.operators.recognize;

import static io.undertone.operators.recognize.RecognizeStage.call;
import static io.undertone.operators.recognize.RecognizeStage.utterance;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.model.PoisonModel;
import io.undertone.model.recognizer.BatchLimits;
import io.undertone.model.recognizer.EmotionModelFactory;
import io.undertone.model.recognizer.ModelHandle;
import io.undertone.operators.chunk.DeadLetters;
import io.undertone.operators.utterance.RecognizedUtterance;
import io.undertone.operators.utterance.SpokenUtterance;
import io.undertone.schemas.DeadLetter;
import io.undertone.schemas.DeadLetterReason;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecognizeFailuresTest {
  private static final int CALLS = 32;
  private static final int POISONED = 20;
  private static final RecognizeOptions OPTIONS =
      RecognizeOptions.defaults().withBatches(new BatchLimits(CALLS, 86_400_000));

  /** A factory is serialized with the job graph, so it finds the test's model here. */
  private static PoisonModel model = new PoisonModel();

  private static final EmotionModelFactory MODELS = () -> ModelHandle.of(model);

  @BeforeEach
  void newModel() {
    model = new PoisonModel();
  }

  @Test
  void aPoisonousUtteranceInABatchIsADeadLetterAndAllOthersAreRecognized() throws Exception {
    try (RecognizeStage stage = RecognizeStage.open(OPTIONS, MODELS)) {
      List<RecognizedUtterance> recognized = stage.recognize(batch(PoisonModel.POISON));

      assertThat(recognized)
          .extracting(one -> one.conversation().conversationId())
          .hasSize(CALLS - 1)
          .doesNotContain(call(POISONED).conversationId());
      assertThat(recognized).extracting(RecognizedUtterance::updateStep).containsOnly(1);
      List<DeadLetter> letters = stage.stage().drain(DeadLetters.TAG);
      assertThat(letters).hasSize(1);
      DeadLetter letter = letters.get(0);
      assertThat(letter.getStage()).isEqualTo("recognize");
      assertThat(letter.getReason()).isEqualTo(DeadLetterReason.UNRECOGNIZABLE);
      assertThat(letter.getConversationId()).isEqualTo(call(POISONED).conversationId());
      assertThat(letter.getTopic()).isEqualTo("audio");
      assertThat(letter.getOffset()).isEqualTo(10);
      assertThat(letter.getLastPartition()).isZero();
      assertThat(letter.getLastOffset()).isEqualTo(19);
      assertThat(letter.getValue()).isNull();
      assertThat(letter.getMessage())
          .startsWith("channel 0 from 1000 ms to 1500 ms: the model must recognize the utterance");
      assertThat(stage.stage().count("deadLetters")).isEqualTo(1);
      assertThat(stage.stage().measure("failedBatches")).isEqualTo(1);
    }
  }

  @Test
  void theMemoryGoesOnAsIfThePoisonHadNotBeenThere() throws Exception {
    SpokenUtterance before = utterance(call(POISONED), 0, 0.1f);
    SpokenUtterance after = utterance(call(POISONED), 2, 0.3f);
    List<RecognizedUtterance> undisturbed;
    try (RecognizeStage stage = RecognizeStage.open(OPTIONS, MODELS)) {
      undisturbed = stage.recognize(before, after);
    }
    newModel();
    try (RecognizeStage stage = RecognizeStage.open(OPTIONS, MODELS)) {
      List<RecognizedUtterance> disturbed = new ArrayList<>(stage.recognize(before));
      stage.recognize(batch(PoisonModel.POISON));
      stage.stage().snapshot();
      disturbed.addAll(stage.recognize(after));

      assertThat(disturbed)
          .usingRecursiveFieldByFieldElementComparator()
          .containsExactlyElementsOf(undisturbed);
    }
  }

  @Test
  void aCallOfPoisonAloneLeavesNothingBehind() throws Exception {
    try (RecognizeStage stage = RecognizeStage.open(OPTIONS, MODELS)) {
      stage.recognize(utterance(call(1), 0, PoisonModel.POISON));
      stage.stage().snapshot();
      stage.end(call(1));

      assertThat(stage.names()).containsExactly("call-1 end");
      assertThat(stage.stage().stateEntries()).isZero();
      assertThat(stage.stage().measure("residentMemoryBytes")).isZero();
      assertThat(model.openMemories()).isZero();
    }
  }

  @Test
  void anErrorOfTheModelReachesFlinkAsItIs() throws Exception {
    OutOfMemoryError error = new OutOfMemoryError("of the device");
    model.breakDown(error);
    try (RecognizeStage stage = RecognizeStage.open(OPTIONS, MODELS)) {
      assertThatThrownBy(() -> stage.recognize(utterance(call(1), 0, 0.1f))).isSameAs(error);
    }
  }

  private static SpokenUtterance[] batch(float poison) {
    return IntStream.range(0, CALLS)
        .mapToObj(i -> utterance(call(i), 1, i == POISONED ? poison : i / 100f))
        .toArray(SpokenUtterance[]::new);
  }
}
