package io.undertone.model.torch.dpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.MemorySnapshot;
import io.undertone.model.MemorySnapshot.Tensor;
import io.undertone.model.Recognition;
import io.undertone.model.torch.TinyLlama;
import io.undertone.model.torch.device.TorchDevice;
import io.undertone.model.torch.files.ModelFileException;
import io.undertone.model.torch.llama.Llama;
import io.undertone.model.torch.llama.LlamaWeights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForesightTest {
  private static final Offset<Float> TOLERANCE = Offset.offset(1e-5f);
  private static final int CLASSES = 4;
  private static final int RANK = 3;
  private static final int AUDIO_END = 96;
  private static final ForesightSettings SETTINGS = new ForesightSettings(RANK, 0, 24);

  @TempDir private Path directory;

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
  void aStepIsThatOfTheFormula() {
    device.run(
        () -> {
          Random random = new Random(1);
          double[][] key = drawn(random, RANK, 5);
          double[][] evidence = drawn(random, CLASSES, CLASSES);
          double[] state = drawn(random, 1, 5)[0];
          double[] logits = drawn(random, 1, CLASSES)[0];
          double[][] memory = drawn(random, CLASSES, RANK);
          double[] belief = {0.35, -0.15, -0.05, -0.15};
          double[] other = {0.1, 0.2, 0.6, 0.1};
          double[][] dynamics = drawn(random, CLASSES, CLASSES * CLASSES);
          for (double[] row : dynamics) {
            for (int pair = 0; pair < row.length; pair++) {
              row[pair] = Math.abs(row[pair]);
            }
          }

          Foresight.Step step =
              new Foresight(
                      array(key),
                      array(evidence),
                      array(dynamics),
                      scalar(0.6),
                      scalar(0.3),
                      scalar(0.9))
                  .step(
                      array(new double[][] {state}),
                      array(new double[][] {logits}),
                      array(memory).expandDims(0),
                      array(new double[][] {belief}),
                      array(new double[][] {other}));

          double[] k = times(key, state);
          double[] f = softmax(times(memory, k));
          double[] z = times(evidence, f);
          for (int e = 0; e < CLASSES; e++) {
            double moved = 0;
            for (int own = 0; own < CLASSES; own++) {
              for (int o = 0; o < CLASSES; o++) {
                moved += (belief[own] + 0.25) * other[o] * dynamics[e][own * CLASSES + o];
              }
            }
            z[e] += logits[e] + Math.log(0.6 * moved + 0.4 * 0.25);
          }
          double[] p = softmax(z);
          double loss = 0;
          float[] after = step.after().toFloatArray();
          for (int e = 0; e < CLASSES; e++) {
            assertThat((double) step.logEstimates().getFloat(0, e))
                .isCloseTo(Math.log(p[e]), within(1e-5));
            loss -= p[e] * Math.log(f[e]);
            for (int r = 0; r < RANK; r++) {
              assertThat((double) after[e * RANK + r])
                  .isCloseTo(0.9 * memory[e][r] + 0.3 * (p[e] - f[e]) * k[r], within(1e-5));
            }
          }
          assertThat((double) step.losses().getFloat(0)).isCloseTo(loss, within(1e-5));
        });
  }

  @Test
  void aConversationGetsInABatchWhatItGetsAlone() {
    device.run(
        () -> {
          DynamicParameterMemory dpm = memory();
          List<TemporaryLora> together = List.of(dpm.newMemory(1), dpm.newMemory(2));
          List<TemporaryLora> alone = List.of(dpm.newMemory(1), dpm.newMemory(2));
          for (int round = 0; round < 4; round++) {
            List<int[]> utterances = utterances(round);
            List<Recognition> batch = dpm.hear(together, utterances);
            for (int i = 0; i < 2; i++) {
              Recognition single =
                  dpm.hear(List.of(alone.get(i)), List.of(utterances.get(i))).get(0);
              assertThat(batch.get(i).estimate().toArray())
                  .containsExactly(single.estimate().toArray(), TOLERANCE);
              assertThat(batch.get(i).update().applied()).isTrue();
              assertThat(batch.get(i).update().loss()).isCloseTo(single.update().loss(), TOLERANCE);
            }
          }
        });
  }

  @Test
  void whatWasHeardChangesWhatIsForeseen() {
    device.run(
        () -> {
          DynamicParameterMemory dpm = memory();
          TemporaryLora memory = dpm.newMemory(1);
          List<int[]> utterance = List.of(utterances(7).get(0));
          float first = dpm.hear(List.of(memory), utterance).get(0).update().loss();
          for (int again = 0; again < 5; again++) {
            dpm.hear(List.of(memory), utterance);
          }

          Recognition last = dpm.hear(List.of(memory), utterance).get(0);

          assertThat(first).isCloseTo((float) Math.log(CLASSES), TOLERANCE);
          assertThat(last.update().loss()).isLessThan(first - 0.001f);
          assertThat(last.estimate())
              .isNotEqualTo(dpm.estimateWithoutMemory(List.of(memory)).get(0));
        });
  }

  @Test
  void aMemoryThatWasKeptGoesOnAsIfItHadNotBeen() {
    device.run(
        () -> {
          DynamicParameterMemory dpm = memory();
          TemporaryLora memory = dpm.newMemory(1);
          dpm.hear(List.of(memory), utterances(1).subList(0, 1));

          TemporaryLora restored = dpm.restore(memory.snapshot(""));

          assertThat(dpm.memoryBytes()).isEqualTo((CLASSES * RANK + CLASSES) * (long) Float.BYTES);
          List<int[]> next = utterances(2).subList(0, 1);
          assertThat(dpm.hear(List.of(restored), next)).isEqualTo(dpm.hear(List.of(memory), next));
        });
  }

  @Test
  void aMemoryThatOverflowsIsLeftOutAndStays() {
    device.run(
        () -> {
          DynamicParameterMemory dpm = memory();
          TemporaryLora fresh = dpm.newMemory(1);
          float[] huge = new float[CLASSES * RANK];
          for (int i = 0; i < huge.length; i++) {
            huge[i] = i % 2 == 0 ? 3e38f : -3e38f;
          }
          Tensor values = new Tensor("foresight.lora_B.weight", new int[] {CLASSES, RANK}, huge);
          Tensor belief =
              new Tensor("foresight.belief", new int[] {1, CLASSES}, new float[CLASSES]);
          TemporaryLora overflowing =
              dpm.restore(new MemorySnapshot("", 1, 1, fresh.history(), List.of(values, belief)));

          Recognition heard = dpm.hear(List.of(overflowing), utterances(1).subList(0, 1)).get(0);

          assertThat(heard.update().applied()).isFalse();
          assertThat(heard.estimate())
              .isEqualTo(dpm.estimateWithoutMemory(List.of(overflowing)).get(0));
          assertThat(overflowing.tensors().get(0).values()).isEqualTo(huge);
        });
  }

  @Test
  void hearingLeavesNoArraysBehind() {
    DynamicParameterMemory dpm = device.call(this::memory);
    TemporaryLora memory = device.call(() -> dpm.newMemory(1));
    device.run(() -> dpm.hear(List.of(memory), utterances(1).subList(0, 1)));
    int before = device.liveArrays();

    for (int i = 0; i < 5; i++) {
      device.run(() -> dpm.hear(List.of(memory), utterances(2).subList(0, 1)));
    }

    assertThat(device.liveArrays()).isEqualTo(before);
  }

  @Test
  void aRateThatCannotBeMeantIsRefusedByName() {
    device.run(
        () -> {
          Foresight good = foresight(new Random(1));
          NDArray dynamics = good.dynamics();
          NDArray trust = good.trust();
          NDArray rate = good.rate();
          NDArray keep = good.keep();
          assertRefused(
              with(good, dynamics, trust, scalar(Double.NaN), keep),
              "tensor rate must be finite, but has NaN");
          assertRefused(
              with(good, dynamics, trust, rate, scalar(1.5)),
              "tensor keep must be above 0 and at most 1, but has 1.5");
          assertRefused(
              with(good, dynamics, scalar(1), rate, keep),
              "tensor trust must be at least 0 and below 1, but has 1.0");
          assertRefused(
              with(good, dynamics.sub(1), trust, rate, keep),
              "tensor dynamics.weight must be from 0 to 1, but has -0.");
          assertRefused(
              with(good, dynamics.div(2), trust, rate, keep),
              "tensor dynamics.weight, summed over what is next, must be 1, but has 0.");
        });
  }

  private static Foresight with(
      Foresight other, NDArray dynamics, NDArray trust, NDArray rate, NDArray keep) {
    return new Foresight(other.key(), other.evidence(), dynamics, trust, rate, keep);
  }

  private void assertRefused(Foresight saved, String message) {
    saved.save(directory);
    assertThatThrownBy(() -> Foresight.load(directory, SETTINGS, 64, CLASSES, manager))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining(message);
  }

  @Test
  void piecesOfSpeechCannotBeLearned() {
    device.run(
        () -> {
          DynamicParameterMemory dpm = memory();
          List<int[]> piece = List.of(new int[] {1, 2});
          assertThatThrownBy(() -> dpm.learn(List.of(dpm.newMemory(1)), piece, piece))
              .isInstanceOf(UnsupportedOperationException.class)
              .hasMessageContaining("must learn tokens");
        });
  }

  @Test
  void aFileOfAnotherRankIsRefusedByName() {
    device.run(
        () -> {
          foresight(new Random(1)).save(directory);
          ForesightSettings other = new ForesightSettings(RANK + 1, 0, 24);
          assertThatThrownBy(() -> Foresight.load(directory, other, 64, CLASSES, manager))
              .isInstanceOf(ModelFileException.class)
              .hasMessageContaining("foresight.safetensors: tensor key.weight must have shape (4,");
        });
  }

  private DynamicParameterMemory memory() {
    Llama llama = new Llama(LlamaWeights.load(TinyLlama.base(), manager));
    Vocabulary vocabulary = new Vocabulary(96, AUDIO_END, 101, 102, List.of(97, 98, 99, 100));
    int width = llama.config().width();
    Foresight foresight =
        new Foresight(
            array(drawn(new Random(3), RANK, width)),
            array(drawn(new Random(4), CLASSES, CLASSES)),
            lasting(),
            scalar(0.5),
            scalar(0.1),
            scalar(0.98));
    return new DynamicParameterMemory(
        llama,
        vocabulary,
        SETTINGS,
        owner -> new EstimateMemory(foresight, Optional.empty()),
        manager);
  }

  private Foresight foresight(Random random) {
    return new Foresight(
        array(drawn(random, RANK, 64)),
        array(drawn(random, CLASSES, CLASSES)),
        lasting(),
        scalar(0.5),
        scalar(0.3),
        scalar(0.9));
  }

  /** Feelings last three times in four, whatever the other side feels. */
  private NDArray lasting() {
    double[][] dynamics = new double[CLASSES][CLASSES * CLASSES];
    for (int next = 0; next < CLASSES; next++) {
      for (int pair = 0; pair < CLASSES * CLASSES; pair++) {
        dynamics[next][pair] = pair / CLASSES == next ? 0.75 : 0.25 / 3;
      }
    }
    return array(dynamics);
  }

  private static List<int[]> utterances(int seed) {
    Random random = new Random(seed);
    List<int[]> utterances = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      int[] tokens = random.ints(5 + 3 * i, 0, 96).toArray();
      tokens[tokens.length - 1] = AUDIO_END;
      utterances.add(tokens);
    }
    return utterances;
  }

  private NDArray scalar(double value) {
    return manager.full(new Shape(1), (float) value);
  }

  private NDArray array(double[][] rows) {
    float[] flat = new float[rows.length * rows[0].length];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = (float) rows[i / rows[0].length][i % rows[0].length];
    }
    return manager.create(flat, new Shape(rows.length, rows[0].length)).duplicate();
  }

  private static double[][] drawn(Random random, int rows, int columns) {
    double[][] values = new double[rows][columns];
    for (double[] row : values) {
      for (int i = 0; i < columns; i++) {
        row[i] = random.nextGaussian() / Math.sqrt(columns);
      }
    }
    return values;
  }

  private static double[] times(double[][] matrix, double[] vector) {
    double[] product = new double[matrix.length];
    for (int row = 0; row < matrix.length; row++) {
      for (int i = 0; i < vector.length; i++) {
        product[row] += matrix[row][i] * vector[i];
      }
    }
    return product;
  }

  private static double[] softmax(double[] logits) {
    double sum = 0;
    double[] shares = new double[logits.length];
    for (int i = 0; i < logits.length; i++) {
      shares[i] = Math.exp(logits[i]);
      sum += shares[i];
    }
    for (int i = 0; i < logits.length; i++) {
      shares[i] /= sum;
    }
    return shares;
  }
}
