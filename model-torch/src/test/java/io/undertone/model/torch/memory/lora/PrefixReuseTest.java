package io.undertone.model.torch.memory.lora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.undertone.model.MemorySnapshot.Tensor;
import io.undertone.model.Recognition;
import io.undertone.model.torch.TinyLlama;
import io.undertone.model.torch.device.Backward;
import io.undertone.model.torch.device.DeviceExtension;
import io.undertone.model.torch.llama.Llama;
import io.undertone.model.torch.llama.LlamaWeights;
import io.undertone.model.torch.llama.Projection;
import io.undertone.model.torch.memory.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PrefixReuseTest {
  private static final Offset<Float> TOLERANCE = Offset.offset(1e-5f);
  private static final OptimizerSettings LEARNING = new AdamW.Settings(0.005, 0.9, 0.999, 1e-7, 0);

  /** A rate so small that a memory does not change. */
  private static final OptimizerSettings STANDING_STILL =
      new GradientDescent.Settings(GradientDescent.Direction.GRADIENT, 1e-30, 0);

  private static final int TOKENS = 48;

  @RegisterExtension private final DeviceExtension device = new DeviceExtension();

  private LoraMemoryEngine memory(OptimizerSettings optimizer, int tokens, int refresh) {
    Llama llama = new Llama(LlamaWeights.load(TinyLlama.base(), device.manager()));
    Vocabulary vocabulary = new Vocabulary(96, 96, 101, 102, List.of(97, 98, 99, 100));
    LoraMemoryConfig settings =
        new LoraMemoryConfig(
            4, 8, Arrays.asList(Projection.Kind.values()), optimizer, tokens, tokens, refresh);
    return new LoraMemoryEngine(settings, llama, vocabulary, device.manager(), new Backward());
  }

  @Test
  void aRefreshAtEachUtteranceGivesTheExactResult() {
    device.run(
        () -> {
          LoraMemoryEngine exact = LoraMemoryEngineTest.tinyMemory(device.manager(), TOKENS);
          LoraMemoryEngine always = memory(LEARNING, TOKENS, 1);
          List<TemporaryLora> expected = memories(exact, 3);
          List<TemporaryLora> actual = memories(always, 3);
          for (int round = 0; round < 5; round++) {
            List<int[]> utterances = LoraMemoryEngineTest.utterances(round, 3);
            assertThat(LoraMemoryEngineTest.recognize(always, actual, utterances))
                .isEqualTo(LoraMemoryEngineTest.recognize(exact, expected, utterances));
          }
          assertThat(actual).noneMatch(memory -> memory.keys().isPresent());
        });
  }

  @Test
  void keptKeysGiveTheExactResultIfNothingIsLearned() {
    device.run(
        () -> {
          // Nothing slides out of so long a window.
          LoraMemoryEngine exact = memory(STANDING_STILL, 500, 1);
          LoraMemoryEngine reusing = memory(STANDING_STILL, 500, 100);
          List<TemporaryLora> expected = memories(exact, 4);
          List<TemporaryLora> actual = memories(reusing, 4);
          for (int round = 0; round < 5; round++) {
            List<int[]> utterances = LoraMemoryEngineTest.utterances(round, 4);
            List<Recognition> read = LoraMemoryEngineTest.recognize(exact, expected, utterances);
            List<Recognition> reused = LoraMemoryEngineTest.recognize(reusing, actual, utterances);
            for (int row = 0; row < 4; row++) {
              assertThat(reused.get(row).estimate().toArray())
                  .containsExactly(read.get(row).estimate().toArray(), TOLERANCE);
              assertThat(reused.get(row).update().loss())
                  .isCloseTo(read.get(row).update().loss(), TOLERANCE);
            }
          }
        });
  }

  @Test
  void memoriesStayCloseToThoseThatReadTheirPrefix() {
    device.run(
        () -> {
          OptimizerSettings slowly = LEARNING.withLearningRate(0.001);
          LoraMemoryEngine exact = memory(slowly, TOKENS, 1);
          for (int refresh : new int[] {2, 4, 8}) {
            LoraMemoryEngine reusing = memory(slowly, TOKENS, refresh);
            List<TemporaryLora> expected = memories(exact, 2);
            List<TemporaryLora> actual = memories(reusing, 2);
            for (int round = 0; round < 16; round++) {
              List<int[]> utterances = LoraMemoryEngineTest.utterances(round, 2);
              LoraMemoryEngineTest.recognize(exact, expected, utterances);
              LoraMemoryEngineTest.recognize(reusing, actual, utterances);
            }
            assertThat(weights(actual.get(0))).isNotEqualTo(weights(expected.get(0)));
            for (int row = 0; row < 2; row++) {
              assertThat(distance(actual.get(row), expected.get(row))).isLessThan(0.12);
            }
          }
        });
  }

  @Test
  void aRestoredMemoryReadsItsPrefixFirst() {
    device.run(
        () -> {
          LoraMemoryEngine reusing = memory(LEARNING, TOKENS, 8);
          TemporaryLora undisturbed = reusing.newMemory(1);
          recognizeRounds(reusing, undisturbed, 0, 5);
          TemporaryLora restored = reusing.restore(undisturbed.snapshot("")).get();
          LoraMemoryEngine exact = memory(LEARNING, TOKENS, 1);
          TemporaryLora read = exact.restore(undisturbed.snapshot("")).get();
          assertThat(restored.keys()).isEmpty();

          Recognition next = recognizeRounds(reusing, restored, 5, 6);

          assertThat(next).isEqualTo(recognizeRounds(exact, read, 5, 6));
          assertThat(restored.keys()).isPresent();
          recognizeRounds(reusing, restored, 6, 10);
          recognizeRounds(reusing, undisturbed, 5, 10);
          assertThat(restored.updateStep()).isEqualTo(10);
          assertThat(restored.history().tokens()).isEqualTo(undisturbed.history().tokens());
          assertThat(distance(restored, undisturbed)).isLessThan(0.1);
        });
  }

  @Test
  void memoriesThatReuseAndMemoriesThatReadCanShareABatch() {
    device.run(
        () -> {
          LoraMemoryEngine reusing = memory(LEARNING, TOKENS, 3);
          List<TemporaryLora> together = memories(reusing, 5);
          List<TemporaryLora> alone = memories(reusing, 5);
          for (int round = 0; round < 6; round++) {
            int first = round % 3;
            List<int[]> utterances = LoraMemoryEngineTest.utterances(round, 5 - first);
            List<Recognition> batch =
                LoraMemoryEngineTest.recognize(reusing, together.subList(first, 5), utterances);
            for (int i = 0; i < utterances.size(); i++) {
              TemporaryLora single = alone.get(first + i);
              int[] utterance = utterances.get(i);
              Recognition expected =
                  LoraMemoryEngineTest.recognize(reusing, List.of(single), List.of(utterance))
                      .get(0);
              assertThat(batch.get(i).estimate().toArray())
                  .containsExactly(expected.estimate().toArray(), TOLERANCE);
              assertThat(batch.get(i).update().loss())
                  .isCloseTo(expected.update().loss(), TOLERANCE);
            }
          }
        });
  }

  @Test
  void keptKeysCountAsResidentAndAreReleased() {
    device.run(
        () -> {
          LoraMemoryEngine reusing = memory(LEARNING, TOKENS, 4);
          // Keys and values of 3 layers, 2 heads of 16 values, float32.
          assertThat(reusing.residentBytes() - memory(LEARNING, TOKENS, 1).residentBytes())
              .isEqualTo(2L * 3 * TOKENS * 2 * 16 * Float.BYTES);
          recognizeRounds(reusing, reusing.newMemory(1), 0, 4);
          int before = device.manager().getManagedArrays().size();
          for (int call = 0; call < 3; call++) {
            TemporaryLora memory = reusing.newMemory(call);
            recognizeRounds(reusing, memory, 0, 9);
            assertThat(memory.keys()).isPresent();
            memory.close();
          }
          assertThat(device.manager().getManagedArrays()).hasSize(before);
        });
  }

  @Test
  void appendingToTheHistoryDropsTheKeptKeys() {
    device.run(
        () -> {
          LoraMemoryEngine reusing = memory(LEARNING, TOKENS, 4);
          TemporaryLora memory = reusing.newMemory(1);
          recognizeRounds(reusing, memory, 0, 2);

          reusing.append(List.of(memory), List.of(new int[] {5, 96}));

          assertThat(memory.keys()).isEmpty();
        });
  }

  @Test
  void refusesReuseOfAPrefixLongerThanTheWindow() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new LoraMemoryConfig(4, 8, List.of(Projection.Kind.VALUE), LEARNING, 256, 96, 2))
        .withMessage(
            "prefixTokens must be at most windowTokens, whose keys are kept, but are 256 and 96");
  }

  private static List<TemporaryLora> memories(LoraMemoryEngine engine, int count) {
    List<TemporaryLora> memories = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      memories.add(engine.newMemory(i));
    }
    return memories;
  }

  /** Recognizes rounds {@code from} to {@code to - 1} and returns the last result. */
  private static Recognition recognizeRounds(
      LoraMemoryEngine engine, TemporaryLora memory, int from, int to) {
    List<Recognition> last = new ArrayList<>();
    for (int round = from; round < to; round++) {
      last =
          LoraMemoryEngineTest.recognize(
              engine, List.of(memory), LoraMemoryEngineTest.utterances(round, 1));
    }
    return last.get(0);
  }

  private static List<Float> weights(TemporaryLora memory) {
    List<Float> weights = new ArrayList<>();
    List<Tensor> tensors = memory.snapshot("").tensors();
    for (Tensor tensor : tensors.subList(0, tensors.size() / 3)) {
      for (float value : tensor.values()) {
        weights.add(value);
      }
    }
    return weights;
  }

  /** L2 norm of the difference to that of the expected weights. */
  private static double distance(TemporaryLora actual, TemporaryLora expected) {
    List<Float> wanted = weights(expected);
    List<Float> found = weights(actual);
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < wanted.size(); i++) {
      difference += Math.pow(found.get(i) - wanted.get(i), 2);
      norm += Math.pow(wanted.get(i), 2);
    }
    return Math.sqrt(difference / norm);
  }
}
