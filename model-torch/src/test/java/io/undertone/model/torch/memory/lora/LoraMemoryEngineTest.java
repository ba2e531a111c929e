package io.undertone.model.torch.memory.lora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import io.undertone.model.MemoryCodec;
import io.undertone.model.MemoryEncoding;
import io.undertone.model.MemoryEncoding.OptimizerState;
import io.undertone.model.MemoryEncoding.Weights;
import io.undertone.model.MemoryFormatException;
import io.undertone.model.MemorySnapshot;
import io.undertone.model.MemorySnapshot.Tensor;
import io.undertone.model.Recognition;
import io.undertone.model.torch.TinyLlama;
import io.undertone.model.torch.device.Backward;
import io.undertone.model.torch.device.TorchDevice;
import io.undertone.model.torch.llama.Llama;
import io.undertone.model.torch.llama.LlamaWeights;
import io.undertone.model.torch.llama.Projection;
import io.undertone.model.torch.memory.TokenizedUtterance;
import io.undertone.model.torch.memory.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoraMemoryEngineTest {
  private static final Offset<Float> TOLERANCE = Offset.offset(1e-5f);
  private static final int AUDIO_END = 96;

  private TorchDevice device;
  private NDManager manager;
  private LoraMemoryEngine engine;

  @BeforeEach
  void open() {
    device = TorchDevice.openCpu();
    manager = device.newManager();
    engine = device.call(() -> tinyMemory(manager, 24));
  }

  @AfterEach
  void close() {
    device.run(manager::close);
    device.close();
  }

  static LoraMemoryEngine tinyMemory(NDManager manager, int tokens) {
    Llama llama = new Llama(LlamaWeights.load(TinyLlama.base(), manager));
    Vocabulary vocabulary = new Vocabulary(96, AUDIO_END, 101, 102, List.of(97, 98, 99, 100));
    LoraMemoryConfig settings =
        new LoraMemoryConfig(
            4,
            8,
            Arrays.asList(Projection.Kind.values()),
            new AdamW.Settings(0.005, 0.9, 0.999, 1e-7, 0),
            tokens,
            tokens);
    return new LoraMemoryEngine(settings, llama, vocabulary, manager, new Backward());
  }

  @Test
  void aBatchGivesEachMemoryTheResultThatItGetsAlone() {
    device.run(
        () -> {
          List<TemporaryLora> together = memories(5);
          List<TemporaryLora> alone = memories(5);
          for (int round = 0; round < 4; round++) {
            // Not all take part in each round, so that their steps differ.
            int first = round % 3;
            List<int[]> utterances = utterances(round, 5 - first);
            List<Recognition> batch = recognize(engine, together.subList(first, 5), utterances);
            for (int i = 0; i < utterances.size(); i++) {
              Recognition single =
                  recognize(engine, List.of(alone.get(first + i)), List.of(utterances.get(i)))
                      .get(0);
              assertThat(batch.get(i).estimate().toArray())
                  .containsExactly(single.estimate().toArray(), TOLERANCE);
              assertThat(batch.get(i).update().loss()).isCloseTo(single.update().loss(), TOLERANCE);
            }
          }
          assertThat(together.stream().map(TemporaryLora::updateStep))
              .containsExactly(2, 3, 4, 4, 4);
        });
  }

  @Test
  void anUpdateThatIsNotFiniteIsDroppedAndAffectsNoOther() {
    device.run(
        () -> {
          List<TemporaryLora> memories = memories(3);
          List<TemporaryLora> undisturbed = memories(3);
          TemporaryLora exploding = exploding(memories.get(1));
          List<int[]> utterances = utterances(9, 3);

          List<Recognition> recognitions =
              recognize(engine, List.of(memories.get(0), exploding, memories.get(2)), utterances);

          assertThat(recognitions.get(1).update().applied()).isFalse();
          assertThat(exploding.updateStep()).isEqualTo(1);
          int[] spoken = utterances.get(1);
          assertThat(exploding.history().tokens()).endsWith(spoken[spoken.length - 2], AUDIO_END);
          List<Recognition> expected = recognize(engine, undisturbed, utterances);
          for (int other : new int[] {0, 2}) {
            assertThat(recognitions.get(other).update().applied()).isTrue();
            assertThat(recognitions.get(other).estimate().toArray())
                .containsExactly(expected.get(other).estimate().toArray(), TOLERANCE);
            assertThat(values(memories.get(other)))
                .containsExactly(values(undisturbed.get(other)), TOLERANCE);
          }
        });
  }

  /**
   * A memory whose gradient overflows: one factor is huge, the other zero, so that the output does
   * not change.
   */
  private TemporaryLora exploding(TemporaryLora memory) {
    List<Tensor> tensors = new ArrayList<>();
    for (Tensor tensor : memory.snapshot("").tensors()) {
      float[] values = tensor.values().clone();
      if (tensor.name().endsWith("layers.2.mlp.down_proj.lora_A.weight")) {
        Arrays.fill(values, 0);
      }
      if (tensor.name().endsWith("layers.2.mlp.down_proj.lora_B.weight")) {
        Arrays.fill(values, 1e25f);
      }
      tensors.add(new Tensor(tensor.name(), tensor.shape(), values));
    }
    return engine.restore(snapshot(1, memory.history().tokens(), tensors)).get();
  }

  private static MemorySnapshot snapshot(int step, int[] history, List<Tensor> tensors) {
    return new MemorySnapshot("", step, step, history, tensors);
  }

  @Test
  void equalSeedsGiveEqualMemories() {
    device.run(
        () -> {
          assertThat(values(engine.newMemory(5))).isEqualTo(values(engine.newMemory(5)));
          assertThat(values(engine.newMemory(5))).isNotEqualTo(values(engine.newMemory(6)));
          for (Tensor tensor : engine.newMemory(5).snapshot("").tensors()) {
            if (tensor.name().endsWith("lora_A.weight")) {
              float bound = (float) (1 / Math.sqrt(tensor.shape()[1]));
              assertThat(tensor.values()).isNotEmpty();
              for (float value : tensor.values()) {
                assertThat(Math.abs(value)).isLessThanOrEqualTo(bound).isPositive();
              }
            } else {
              assertThat(tensor.values()).containsOnly(0);
            }
          }
        });
  }

  @Test
  void aNewMemoryDoesNotChangeTheEstimate() {
    device.run(
        () -> {
          TemporaryLora memory = engine.newMemory(1);
          float[] alone = withoutMemory(memory);
          recognize(engine, List.of(memory), utterances(1, 1));

          assertThat(withoutMemory(engine.newMemory(2))).isEqualTo(alone);
          assertThat(withoutMemory(memory)).isNotEqualTo(alone);
        });
  }

  @Test
  void theHistoryKeepsOnlyTheLastTokens() {
    device.run(
        () -> {
          TemporaryLora memory = engine.newMemory(1);
          assertThat(memory.history().tokens()).containsExactly(101);
          recognize(engine, List.of(memory), List.of(new int[] {1, 2, AUDIO_END}));
          assertThat(memory.history().tokens()).containsExactly(101, 1, 2, AUDIO_END);
          int[] longer = new int[40];
          Arrays.setAll(longer, i -> i);
          recognize(engine, List.of(memory), List.of(longer));
          assertThat(memory.history().tokens()).isEqualTo(Arrays.copyOfRange(longer, 16, 40));
        });
  }

  @ParameterizedTest
  @CsvSource({"FP32, KEPT, 1e-6", "BF16, KEPT, 0.02", "INT8, FACTORED, 0.05", "INT8, DROPPED, 0.1"})
  void aMemoryRestoredFromASmallerEncodingGivesSimilarEstimates(
      Weights weights, OptimizerState state, float difference) {
    device.run(
        () -> {
          TemporaryLora whole = engine.newMemory(1);
          TemporaryLora small = engine.newMemory(1);
          for (int round = 0; round < 4; round++) {
            List<int[]> utterances = utterances(round, 1);
            float[] expected =
                recognize(engine, List.of(whole), utterances).get(0).estimate().toArray();
            float[] actual =
                recognize(engine, List.of(small), utterances).get(0).estimate().toArray();
            assertThat(actual).containsExactly(expected, Offset.offset(difference));
            small = saved(small, new MemoryEncoding(weights, state));
          }
        });
  }

  @Test
  void aDroppedOptimizerStateStartsAtItsFirstStep() {
    device.run(
        () -> {
          TemporaryLora memory = engine.newMemory(1);
          for (int round = 0; round < 5; round++) {
            recognize(engine, List.of(memory), utterances(round, 1));
          }
          TemporaryLora restored =
              saved(memory, new MemoryEncoding(Weights.FP32, OptimizerState.DROPPED));
          List<Tensor> before = restored.snapshot("").tensors();
          recognize(engine, List.of(restored), utterances(5, 1));

          assertThat(restored.updateStep()).isEqualTo(6);
          assertThat(restored.optimizerStep()).isEqualTo(1);
          float most = 0;
          for (int i = 0; i < before.size() / 3; i++) {
            float[] values = restored.snapshot("").tensors().get(i).values();
            for (int j = 0; j < values.length; j++) {
              most = Math.max(most, Math.abs(values[j] - before.get(i).values()[j]));
            }
          }
          // AdamW's first step is the learning rate, whatever the gradient.
          assertThat(most).isCloseTo(0.005f, Offset.offset(1e-5f));
        });
  }

  private TemporaryLora saved(TemporaryLora memory, MemoryEncoding encoding) {
    return engine
        .restore(MemoryCodec.decode(MemoryCodec.encode(memory.snapshot(""), encoding)))
        .get();
  }

  @Test
  void refusesTensorsOfAnotherLayout() {
    device.run(
        () -> {
          List<Tensor> tensors = engine.newMemory(1).snapshot("").tensors();
          assertThatThrownBy(
                  () -> engine.restore(snapshot(0, new int[] {101}, tensors.subList(1, 5))))
              .isInstanceOf(MemoryFormatException.class)
              .hasMessage("memory must have 126 tensors, but has 4");

          List<Tensor> swapped = new ArrayList<>(tensors);
          swapped.set(0, tensors.get(1));
          assertThatThrownBy(() -> engine.restore(snapshot(0, new int[] {101}, swapped)))
              .isInstanceOf(MemoryFormatException.class)
              .hasMessageContaining("tensor 0 must be base_model.model.model.layers.0.self_attn");

          List<Tensor> broken = new ArrayList<>(tensors);
          Tensor first = tensors.get(0);
          float[] values = first.values().clone();
          values[3] = Float.NaN;
          broken.set(0, new Tensor(first.name(), first.shape(), values));
          assertThatThrownBy(() -> engine.restore(snapshot(0, new int[] {101}, broken)))
              .isInstanceOf(MemoryFormatException.class)
              .hasMessageContaining("must be finite, but one is NaN");
        });
  }

  @Test
  void refusesABatchWithoutAnUtterancePerMemory() {
    device.run(
        () -> {
          assertThatIllegalArgumentException()
              .isThrownBy(() -> recognize(engine, memories(2), utterances(1, 1)));
          assertThatIllegalArgumentException()
              .isThrownBy(() -> recognize(engine, List.of(), List.of()));
        });
  }

  private List<TemporaryLora> memories(int count) {
    List<TemporaryLora> memories = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      memories.add(engine.newMemory(i));
    }
    return memories;
  }

  private static float[] values(TemporaryLora memory) {
    List<Float> values = new ArrayList<>();
    for (Tensor tensor : memory.snapshot("").tensors()) {
      for (float value : tensor.values()) {
        values.add(value);
      }
    }
    float[] array = new float[values.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = values.get(i);
    }
    return array;
  }

  private float[] withoutMemory(TemporaryLora memory) {
    TokenizedUtterance window = TokenizedUtterance.ofTokens(memory.history().tokens());
    return engine.estimateWithoutMemory(List.of(window)).get(0).toArray();
  }

  static List<Recognition> recognize(
      LoraMemoryEngine engine, List<TemporaryLora> memories, List<int[]> utterances) {
    return engine.recognize(
        memories, utterances.stream().map(TokenizedUtterance::ofTokens).toList());
  }

  /** Of very different lengths. */
  static List<int[]> utterances(long seed, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    List<int[]> utterances = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int[] tokens = random.ints(2 + random.nextInt(30), 0, 96).toArray();
      tokens[tokens.length - 1] = AUDIO_END;
      utterances.add(tokens);
    }
    return utterances;
  }
}
