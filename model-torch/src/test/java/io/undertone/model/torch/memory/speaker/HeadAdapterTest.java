package io.undertone.model.torch.memory.speaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.torch.device.DeviceExtension;
import io.undertone.model.torch.files.ModelFileException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class HeadAdapterTest {
  private static final int CLASSES = 4;
  private static final int RANK = 3;

  @TempDir private Path directory;

  @RegisterExtension private final DeviceExtension device = new DeviceExtension();

  @Test
  void followsTheFormulas() {
    device.run(
        () -> {
          Random random = new Random(1);
          double[][] key = drawn(random, RANK, 5);
          double[][] evidence = drawn(random, CLASSES, CLASSES);
          double[] state = drawn(random, 1, 5)[0];
          double[] logits = drawn(random, 1, CLASSES)[0];
          double[][] memory = drawn(random, CLASSES, RANK);
          double[] logExpected = drawn(random, 1, CLASSES)[0];

          HeadAdapter.Step step =
              new HeadAdapter(
                      array(key), array(evidence), lasting(), scalar(0.6), scalar(0.3), scalar(0.9))
                  .step(
                      array(new double[][] {state}),
                      array(new double[][] {logits}),
                      array(memory).expandDims(0),
                      array(new double[][] {logExpected}));

          double[] k = times(key, state);
          double[] f = softmax(times(memory, k));
          double[] z = times(evidence, f);
          for (int e = 0; e < CLASSES; e++) {
            z[e] += logits[e] + logExpected[e];
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
  void namesValuesOutOfRange() {
    device.run(
        () -> {
          HeadAdapter good = adapter(new Random(1));
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
              "tensor dynamics.weight, summed over the next emotion, must be 1, but has 0.");
        });
  }

  private static HeadAdapter with(
      HeadAdapter other, NDArray dynamics, NDArray trust, NDArray rate, NDArray keep) {
    return new HeadAdapter(other.key(), other.evidence(), dynamics, trust, rate, keep);
  }

  private void assertRefused(HeadAdapter saved, String message) {
    saved.save(directory);
    assertThatThrownBy(() -> HeadAdapter.load(directory, RANK, 64, CLASSES, device.manager()))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining(message);
  }

  @Test
  void namesAFileOfAnotherRank() {
    device.run(
        () -> {
          adapter(new Random(1)).save(directory);
          assertThatThrownBy(
                  () -> HeadAdapter.load(directory, RANK + 1, 64, CLASSES, device.manager()))
              .isInstanceOf(ModelFileException.class)
              .hasMessageContaining("foresight.safetensors: tensor key.weight must have shape (4,");
        });
  }

  private HeadAdapter adapter(Random random) {
    return new HeadAdapter(
        array(drawn(random, RANK, 64)),
        array(drawn(random, CLASSES, CLASSES)),
        lasting(),
        scalar(0.5),
        scalar(0.3),
        scalar(0.9));
  }

  /** Emotions stay the same three times in four, whatever those of the other side. */
  private NDArray lasting() {
    double[][] dynamics = new double[CLASSES][CLASSES * CLASSES];
    for (int next = 0; next < CLASSES; next++) {
      for (int pair = 0; pair < CLASSES * CLASSES; pair++) {
        dynamics[next][pair] = pair / CLASSES == next ? 0.75 : 0.25 / 3;
      }
    }
    return array(dynamics);
  }

  private NDArray scalar(double value) {
    return device.manager().full(new Shape(1), (float) value);
  }

  private NDArray array(double[][] rows) {
    float[] flat = new float[rows.length * rows[0].length];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = (float) rows[i / rows[0].length][i % rows[0].length];
    }
    return device.manager().create(flat, new Shape(rows.length, rows[0].length)).duplicate();
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
