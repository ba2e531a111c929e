package io.undertone.model.torch.dpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.Recognition;
import io.undertone.model.torch.TinyLlama;
import io.undertone.model.torch.device.TorchDevice;
import io.undertone.model.torch.llama.Llama;
import io.undertone.model.torch.llama.LlamaWeights;
import io.undertone.model.torch.tokenizer.Delivery;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Memories that know voices. */
class EstimateMemoryTest {
  private static final Offset<Float> TOLERANCE = within(1e-5f);
  private static final int CLASSES = 4;
  private static final int RANK = 3;
  private static final int WIDTH = 2;
  private static final int PARAMETERS = CLASSES * RANK + CLASSES + WIDTH + 1;
  private static final int AUDIO_END = 96;
  private static final List<int[]> UTTERANCES =
      List.of(new int[] {5, 9, 31, AUDIO_END}, new int[] {7, 7, 60, 2, 11, 4, AUDIO_END});
  private static final List<Delivery> SAID =
      List.of(
          new Delivery(new float[] {0.5f, -1}, new float[] {-1, -2, -3, -1}),
          Delivery.ofVoice(new float[] {-2, 0.3f}));
  private static final float[] NONE = new float[0];

  private TorchDevice device;
  private NDManager manager;

  @BeforeEach
  void open() {
    device = TorchDevice.openCpu();
    manager = device.newManager();
  }

  @AfterEach
  void close() {
    device.run(manager::close);
    device.close();
  }

  @Test
  void anUtteranceWithoutAVoiceTellsAndTeachesNothingOfIt() {
    device.run(
        () -> {
          float[] values = new float[PARAMETERS];
          values[PARAMETERS - 3] = 0.4f;
          values[PARAMETERS - 2] = -0.1f;
          values[PARAMETERS - 1] = 2;

          EstimateMemory.Step step = step(NONE, values);

          float[] after = step.after().toFloatArray();
          assertThat(Arrays.copyOfRange(after, PARAMETERS - 3, PARAMETERS))
              .containsExactly(0.4f, -0.1f, 2);
          assertThat(step.logEstimates())
              .isEqualTo(step(new float[] {9, 9}, values, Optional.empty()).logEstimates());
        });
  }

  @Test
  void aVoiceIsHeardAndCounted() {
    device.run(
        () -> {
          EstimateMemory.Step step = step(new float[] {0.5f, -1}, new float[PARAMETERS]);

          assertThat(step.logEstimates())
              .isNotEqualTo(step(NONE, new float[PARAMETERS]).logEstimates());
          float[] after = step.after().toFloatArray();
          assertThat(after[PARAMETERS - 1]).isEqualTo(1);
          assertThat(after[PARAMETERS - 3]).isNotZero();
        });
  }

  @Test
  void whatAnUtteranceTellsAsAWholeCountsBesideTheDecoder() {
    device.run(
        () -> {
          NDArray decoder = manager.create(new float[] {1, -2, 0.5f, 0}, new Shape(1, CLASSES));
          Delivery told = new Delivery(NONE, new float[] {-3, -0.2f, -2, -4});

          NDArray both =
              EstimateMemory.Heard.of(decoder, decoder, List.of(told), WIDTH, manager).logits();
          NDArray alone =
              EstimateMemory.Heard.of(decoder, decoder, List.of(Delivery.UNKNOWN), WIDTH, manager)
                  .logits();

          assertThat(both.toFloatArray())
              .containsExactly(new float[] {-1.2f, -0.7f, -0.85f, -2}, TOLERANCE);
          assertThat(alone).isEqualTo(decoder);
        });
  }

  @Test
  void whereAVoiceWasMeasuredItTellsMoreThanItsUtterance() {
    device.run(
        () -> {
          NDArray decoder = manager.create(new float[] {1, -2, 0.5f, 0}, new Shape(1, CLASSES));
          Delivery told = new Delivery(new float[] {0.5f, -1}, new float[] {-3, -0.2f, -2, -4});

          EstimateMemory.Heard heard =
              EstimateMemory.Heard.of(decoder, decoder, List.of(told), WIDTH, manager);

          assertThat(heard.logits().toFloatArray())
              .containsExactly(new float[] {0.2f, -0.4f, 0.1f, 0}, TOLERANCE);
          assertThat(heard.voices().toFloatArray()).containsExactly(0.5f, -1);
        });
  }

  @Test
  void whatTheOtherSideFeelsIsExpected() {
    device.run(
        () -> {
          float[] memory = new float[PARAMETERS];
          Delivery said = Delivery.ofVoice(new float[] {0.5f, -1});
          NDArray alone = step(said, memory, Optional.of(voice())).logEstimates();

          float[] after =
              step(said.after(new float[] {0, 0, 1, 0}), memory, Optional.of(voice()))
                  .logEstimates()
                  .sub(alone)
                  .toFloatArray();

          double expected = Math.log(0.5 + 0.5 / CLASSES) - Math.log(0.5 / CLASSES);
          assertThat((double) after[2] - after[0]).isCloseTo(expected, within(1e-4));
          assertThat(after[1]).isCloseTo(after[0], within(1e-4f));
        });
  }

  @Test
  void aVoiceOfAnotherWidthIsRefused() {
    device.run(
        () ->
            assertThatIllegalArgumentException()
                .isThrownBy(() -> step(new float[3], new float[PARAMETERS]))
                .withMessage("voice must have 2 values or none, but has 3"));
  }

  @Test
  void aConversationGetsInABatchWhatItGetsAlone() {
    device.run(
        () -> {
          DynamicParameterMemory dpm = dpm();
          List<TemporaryLora> together = List.of(dpm.newMemory(1), dpm.newMemory(2));
          List<TemporaryLora> alone = List.of(dpm.newMemory(1), dpm.newMemory(2));
          for (int round = 0; round < 4; round++) {
            List<Recognition> batch = dpm.hear(together, UTTERANCES, SAID);
            for (int i = 0; i < 2; i++) {
              Recognition single =
                  dpm.hear(List.of(alone.get(i)), List.of(UTTERANCES.get(i)), List.of(SAID.get(i)))
                      .get(0);
              assertThat(batch.get(i).estimate().toArray())
                  .containsExactly(single.estimate().toArray(), TOLERANCE);
            }
          }
        });
  }

  @Test
  void aMemoryThatWasKeptGoesOnAsIfItHadNotBeen() {
    device.run(
        () -> {
          DynamicParameterMemory dpm = dpm();
          List<TemporaryLora> memories = List.of(dpm.newMemory(1), dpm.newMemory(2));
          dpm.hear(memories, UTTERANCES, SAID);

          List<TemporaryLora> restored =
              memories.stream().map(memory -> dpm.restore(memory.snapshot(""))).toList();

          assertThat(dpm.memoryBytes()).isEqualTo((long) PARAMETERS * Float.BYTES);
          assertThat(dpm.hear(restored, UTTERANCES, SAID))
              .isEqualTo(dpm.hear(memories, UTTERANCES, SAID));
        });
  }

  @Test
  void hearingLeavesNoArraysBehind() {
    DynamicParameterMemory dpm = device.call(this::dpm);
    List<TemporaryLora> memories = device.call(() -> List.of(dpm.newMemory(1), dpm.newMemory(2)));
    device.run(() -> dpm.hear(memories, UTTERANCES, SAID));
    int before = device.liveArrays();

    for (int i = 0; i < 5; i++) {
      device.run(() -> dpm.hear(memories, UTTERANCES, SAID));
    }

    assertThat(device.liveArrays()).isEqualTo(before);
  }

  private EstimateMemory.Step step(float[] spoken, float[] memory) {
    return step(spoken, memory, Optional.of(voice()));
  }

  private EstimateMemory.Step step(float[] spoken, float[] memory, Optional<Voice> voice) {
    return step(Delivery.ofVoice(spoken), memory, voice);
  }

  private EstimateMemory.Step step(Delivery said, float[] memory, Optional<Voice> voice) {
    EstimateMemory shared = new EstimateMemory(foresight(6), voice);
    float[] own = Arrays.copyOf(memory, shared.parameters());
    return shared.step(
        EstimateMemory.Heard.of(
            manager.ones(new Shape(1, 6)),
            drawn(1, CLASSES, 8),
            List.of(said),
            voice.isPresent() ? WIDTH : 0,
            manager),
        manager.create(own, new Shape(1, own.length)));
  }

  private DynamicParameterMemory dpm() {
    Llama llama = new Llama(LlamaWeights.load(TinyLlama.base(), manager));
    return new DynamicParameterMemory(
        llama,
        new Vocabulary(96, AUDIO_END, 101, 102, List.of(97, 98, 99, 100)),
        new ForesightSettings(RANK, WIDTH, 24),
        owner -> new EstimateMemory(foresight(llama.config().width()), Optional.of(voice())),
        manager);
  }

  private Foresight foresight(int width) {
    return new Foresight(
        drawn(RANK, width, 3),
        drawn(CLASSES, CLASSES, 4),
        dynamics(),
        manager.full(new Shape(1), 0.5f),
        manager.full(new Shape(1), 0.1f),
        manager.full(new Shape(1), 0.98f));
  }

  /** Everybody comes to feel what the other side feels. */
  private NDArray dynamics() {
    float[] dynamics = new float[CLASSES * CLASSES * CLASSES];
    for (int next = 0; next < CLASSES; next++) {
      for (int own = 0; own < CLASSES; own++) {
        dynamics[(next * CLASSES + own) * CLASSES + next] = 1;
      }
    }
    return manager.create(dynamics, new Shape(CLASSES, CLASSES * CLASSES)).duplicate();
  }

  private Voice voice() {
    return new Voice(
        drawn(WIDTH, WIDTH, 5),
        manager.zeros(new Shape(WIDTH)),
        drawn(CLASSES, WIDTH, 6),
        manager.full(new Shape(WIDTH), 0.5f),
        manager.full(new Shape(1), 0.5f));
  }

  private NDArray drawn(int rows, int columns, int seed) {
    Random random = new Random(seed);
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return manager.create(values, new Shape(rows, columns)).duplicate();
  }
}
