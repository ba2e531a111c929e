package io.undertone.model.torch.dpm;

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
import io.undertone.model.torch.device.TorchDevice;
import io.undertone.model.torch.llama.Llama;
import io.undertone.model.torch.llama.LlamaWeights;
import io.undertone.model.torch.llama.Projection;
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

class DynamicParameterMemoryTest {
  private static final Offset<Float> TOLERANCE = Offset.offset(1e-5f);
  private static final int AUDIO_END = 96;

  private TorchDevice device;
  private NDManager manager;
  private DynamicParameterMemory dpm;

  @BeforeEach
  void open() {
    device = TorchDevice.openCpu();
    manager = device.newManager();
    dpm = device.call(() -> tinyMemory(manager, 24));
  }

  @AfterEach
  void close() {
    device.run(manager::close);
    device.close();
  }

  static DynamicParameterMemory tinyMemory(NDManager manager, int tokens) {
    Llama llama = new Llama(LlamaWeights.load(TinyLlama.base(), manager));
    Vocabulary vocabulary = new Vocabulary(96, AUDIO_END, 101, 102, List.of(97, 98, 99, 100));
    MemorySettings settings =
        new MemorySettings(
            4,
            8,
            Arrays.asList(Projection.Kind.values()),
            new AdamW.Settings(0.005, 0.9, 0.999, 1e-7, 0),
            tokens,
            tokens);
    return new DynamicParameterMemory(llama, vocabulary, settings, manager);
  }

  @Test
  void aConversationGetsInABatchWhatItGetsAlone() {
    device.run(
        () -> {
          List<TemporaryLora> together = memories(5);
          List<TemporaryLora> alone = memories(5);
          for (int round = 0; round < 4; round++) {
            // Not all take part in each round, so that their steps differ.
            int first = round % 3;
            List<int[]> utterances = utterances(round, 5 - first);
            List<Recognition> batch = dpm.hear(together.subList(first, 5), utterances);
            for (int i = 0; i < utterances.size(); i++) {
              Recognition single =
                  dpm.hear(List.of(alone.get(first + i)), List.of(utterances.get(i))).get(0);
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
  void anUpdateThatIsNotFiniteIsDroppedAndTouchesNoOther() {
    device.run(
        () -> {
          List<TemporaryLora> memories = memories(3);
          List<TemporaryLora> undisturbed = memories(3);
          TemporaryLora exploding = exploding(memories.get(1));
          List<int[]> utterances = utterances(9, 3);

          List<Recognition> recognitions =
              dpm.hear(List.of(memories.get(0), exploding, memories.get(2)), utterances);

          assertThat(recognitions.get(1).update().applied()).isFalse();
          assertThat(exploding.updateStep()).isEqualTo(1);
          int[] heard = utterances.get(1);
          assertThat(exploding.history()).endsWith(heard[heard.length - 2], AUDIO_END);
          List<Recognition> expected = dpm.hear(undisturbed, utterances);
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
   * A memory whose gradient overflows: one factor is huge, the other zero, so that nothing shows.
   */
  private TemporaryLora exploding(TemporaryLora memory) {
    List<Tensor> tensors = new ArrayList<>();
    for (Tensor tensor : memory.tensors()) {
      float[] values = tensor.values().clone();
      if (tensor.name().endsWith("layers.2.mlp.down_proj.lora_A.weight")) {
        Arrays.fill(values, 0);
      }
      if (tensor.name().endsWith("layers.2.mlp.down_proj.lora_B.weight")) {
        Arrays.fill(values, 1e25f);
      }
      tensors.add(new Tensor(tensor.name(), tensor.shape(), values));
    }
    return dpm.restore(snapshot(1, memory.history(), tensors));
  }

  private static MemorySnapshot snapshot(int step, int[] history, List<Tensor> tensors) {
    return new MemorySnapshot("", step, step, history, tensors);
  }

  @Test
  void theSeedAloneDecidesHowAMemoryBegins() {
    device.run(
        () -> {
          assertThat(values(dpm.newMemory(5))).isEqualTo(values(dpm.newMemory(5)));
          assertThat(values(dpm.newMemory(5))).isNotEqualTo(values(dpm.newMemory(6)));
          for (Tensor tensor : dpm.newMemory(5).tensors()) {
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
  void aNewMemoryChangesNothing() {
    device.run(
        () -> {
          TemporaryLora memory = dpm.newMemory(1);
          float[] alone = dpm.estimateWithoutMemory(List.of(memory)).get(0).toArray();
          dpm.hear(List.of(memory), utterances(1, 1));

          assertThat(dpm.estimateWithoutMemory(List.of(dpm.newMemory(2))).get(0).toArray())
              .isEqualTo(alone);
          assertThat(dpm.estimateWithoutMemory(List.of(memory)).get(0).toArray())
              .isNotEqualTo(alone);
        });
  }

  @Test
  void theHistoryKeepsTheLastTokensOnly() {
    device.run(
        () -> {
          TemporaryLora memory = dpm.newMemory(1);
          assertThat(memory.history()).containsExactly(101);
          dpm.hear(List.of(memory), List.of(new int[] {1, 2, AUDIO_END}));
          assertThat(memory.history()).containsExactly(101, 1, 2, AUDIO_END);
          int[] longer = new int[40];
          Arrays.setAll(longer, i -> i);
          dpm.hear(List.of(memory), List.of(longer));
          assertThat(memory.history()).isEqualTo(Arrays.copyOfRange(longer, 16, 40));
        });
  }

  @ParameterizedTest
  @CsvSource({"FP32, KEPT, 1e-6", "BF16, KEPT, 0.02", "INT8, FACTORED, 0.05", "INT8, DROPPED, 0.1"})
  void aSmallMemoryGoesOnMuchAsTheWholeOne(
      Weights weights, OptimizerState state, float difference) {
    device.run(
        () -> {
          TemporaryLora whole = dpm.newMemory(1);
          TemporaryLora small = dpm.newMemory(1);
          for (int round = 0; round < 4; round++) {
            List<int[]> utterances = utterances(round, 1);
            float[] expected = dpm.hear(List.of(whole), utterances).get(0).estimate().toArray();
            float[] actual = dpm.hear(List.of(small), utterances).get(0).estimate().toArray();
            assertThat(actual).containsExactly(expected, Offset.offset(difference));
            small = saved(small, new MemoryEncoding(weights, state));
          }
        });
  }

  @Test
  void anOptimizerThatWasDroppedBeginsAnew() {
    device.run(
        () -> {
          TemporaryLora memory = dpm.newMemory(1);
          for (int round = 0; round < 5; round++) {
            dpm.hear(List.of(memory), utterances(round, 1));
          }
          TemporaryLora restored =
              saved(memory, new MemoryEncoding(Weights.FP32, OptimizerState.DROPPED));
          List<Tensor> before = restored.tensors();
          dpm.hear(List.of(restored), utterances(5, 1));

          assertThat(restored.updateStep()).isEqualTo(6);
          assertThat(restored.optimizerStep()).isEqualTo(1);
          float most = 0;
          for (int i = 0; i < before.size() / 3; i++) {
            float[] values = restored.tensors().get(i).values();
            for (int j = 0; j < values.length; j++) {
              most = Math.max(most, Math.abs(values[j] - before.get(i).values()[j]));
            }
          }
          // AdamW's first step is the learning rate, whatever the gradient.
          assertThat(most).isCloseTo(0.005f, Offset.offset(1e-5f));
        });
  }

  private TemporaryLora saved(TemporaryLora memory, MemoryEncoding encoding) {
    return dpm.restore(MemoryCodec.decode(MemoryCodec.encode(memory.snapshot(""), encoding)));
  }

  @Test
  void refusesTensorsThatAreNotItsOwn() {
    device.run(
        () -> {
          List<Tensor> tensors = dpm.newMemory(1).tensors();
          assertThatThrownBy(() -> dpm.restore(snapshot(0, new int[] {101}, tensors.subList(1, 5))))
              .isInstanceOf(MemoryFormatException.class)
              .hasMessage("memory must have 126 tensors, but has 4");

          List<Tensor> swapped = new ArrayList<>(tensors);
          swapped.set(0, tensors.get(1));
          assertThatThrownBy(() -> dpm.restore(snapshot(0, new int[] {101}, swapped)))
              .isInstanceOf(MemoryFormatException.class)
              .hasMessageContaining("tensor 0 must be base_model.model.model.layers.0.self_attn");

          List<Tensor> broken = new ArrayList<>(tensors);
          Tensor first = tensors.get(0);
          float[] values = first.values().clone();
          values[3] = Float.NaN;
          broken.set(0, new Tensor(first.name(), first.shape(), values));
          assertThatThrownBy(() -> dpm.restore(snapshot(0, new int[] {101}, broken)))
              .isInstanceOf(MemoryFormatException.class)
              .hasMessageContaining("must be finite, but one is NaN");
        });
  }

  @Test
  void refusesABatchThatDoesNotMatch() {
    device.run(
        () -> {
          assertThatIllegalArgumentException()
              .isThrownBy(() -> dpm.hear(memories(2), utterances(1, 1)));
          assertThatIllegalArgumentException().isThrownBy(() -> dpm.hear(List.of(), List.of()));
        });
  }

  private List<TemporaryLora> memories(int count) {
    List<TemporaryLora> memories = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      memories.add(dpm.newMemory(i));
    }
    return memories;
  }

  private static float[] values(TemporaryLora memory) {
    List<Float> values = new ArrayList<>();
    for (Tensor tensor : memory.tensors()) {
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
