package io.undertone.training.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.torch.device.DeviceExtension;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LogisticRegressionTest {

  private static final int ROWS = 4000;
  private static final float PENALTY = 3e-3f;
  private static final float[][] WEIGHT = {{0.8f, -0.3f}, {-0.2f, 0.5f}, {-0.6f, -0.2f}};
  private static final float[] BIAS = {0.2f, -0.1f, -0.1f};

  @RegisterExtension private final DeviceExtension device = new DeviceExtension();

  /** Targets are the probabilities of a known model, which differs by the penalty alone. */
  @Test
  void findsAKnownModelButForThePenalty() {
    device.run(
        () -> {
          LogisticRegression.Solution solution =
              new LogisticRegression(device.manager()).solve(rows(), targets());

          float[] weight = centred(solution.weight());
          float[] bias = centred(solution.bias());
          for (int label = 0; label < 3; label++) {
            for (int value = 0; value < 2; value++) {
              assertThat(weight[2 * label + value]).isCloseTo(WEIGHT[label][value], within(0.06f));
            }
            assertThat(bias[label]).isCloseTo(BIAS[label], within(0.03f));
          }
        });
  }

  @Test
  void theGradientIsZeroAtTheSolution() {
    device.run(
        () -> {
          NDArray rows = rows();
          NDArray targets = targets();

          LogisticRegression.Solution solution =
              new LogisticRegression(device.manager()).solve(rows, targets);

          NDArray gradient =
              error(solution, rows, targets)
                  .transpose()
                  .matMul(rows)
                  .add(solution.weight().mul(2 * PENALTY));
          assertThat(gradient.abs().max().getFloat()).isLessThan(1e-3f);
        });
  }

  @Test
  void theGradientIsZeroAtTheSolutionUnderAPrior() {
    device.run(
        () -> {
          NDArray rows = rows();
          NDArray targets = targets();
          LogisticRegression.Solution mean = anotherModel();

          LogisticRegression.Solution solution = drawnTowards(mean, 0.05f, rows, targets);

          NDArray error = error(solution, rows, targets);
          NDArray ofWeight =
              error.transpose().matMul(rows).add(solution.weight().sub(mean.weight()).mul(0.1));
          NDArray ofBias = error.sum(new int[] {0}).add(solution.bias().sub(mean.bias()).mul(0.1));
          assertThat(ofWeight.abs().max().getFloat()).isLessThan(1e-3f);
          assertThat(ofBias.abs().max().getFloat()).isLessThan(1e-3f);
        });
  }

  @Test
  void theSolutionMovesFromThePriorTheLessTheLargerThePenalty() {
    device.run(
        () -> {
          NDArray rows = rows();
          NDArray targets = targets();
          LogisticRegression.Solution mean = anotherModel();

          float far = distance(mean, drawnTowards(mean, 0.01f, rows, targets));
          float near = distance(mean, drawnTowards(mean, 1, rows, targets));
          float hardly = distance(mean, drawnTowards(mean, 100, rows, targets));

          assertThat(near).isLessThan(far / 2);
          assertThat(hardly).isLessThan(0.01f);
        });
  }

  private LogisticRegression.Solution anotherModel() {
    float[] weight = {-0.4f, 0.1f, 0.3f, -0.5f, 0.1f, 0.4f};
    return new LogisticRegression.Solution(
        device.manager().create(weight, new Shape(3, 2)).duplicate(),
        device.manager().create(new float[] {-0.2f, 0.3f, -0.1f}).duplicate());
  }

  private LogisticRegression.Solution drawnTowards(
      LogisticRegression.Solution mean, float penalty, NDArray rows, NDArray targets) {
    return new LogisticRegression(device.manager(), 400, 1e-2f)
        .solve(rows, targets, new LogisticRegression.Prior(mean, penalty, penalty));
  }

  private static float distance(
      LogisticRegression.Solution one, LogisticRegression.Solution other) {
    return one.weight().sub(other.weight()).norm().getFloat();
  }

  /** A value that all labels share changes no probability. */
  private static float[] centred(NDArray ofLabels) {
    return ofLabels.sub(ofLabels.mean(new int[] {0}, true)).toFloatArray();
  }

  /** The loss's gradient by the logits, (rows, labels). */
  private static NDArray error(
      LogisticRegression.Solution solution, NDArray rows, NDArray targets) {
    return rows.matMul(solution.weight().transpose())
        .add(solution.bias())
        .softmax(1)
        .div(ROWS)
        .sub(targets);
  }

  private NDArray rows() {
    return device.manager().create(values(), new Shape(ROWS, 2)).duplicate();
  }

  private NDArray targets() {
    return device.manager().create(targets(values()), new Shape(ROWS, 3)).duplicate();
  }

  private static float[] values() {
    Random random = new Random(3);
    float[] rows = new float[2 * ROWS];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (float) random.nextGaussian();
    }
    return rows;
  }

  private static float[] targets(float[] rows) {
    float[] targets = new float[3 * ROWS];
    for (int row = 0; row < ROWS; row++) {
      double[] weights = new double[3];
      double sum = 0;
      for (int label = 0; label < 3; label++) {
        weights[label] =
            Math.exp(
                WEIGHT[label][0] * rows[2 * row]
                    + WEIGHT[label][1] * rows[2 * row + 1]
                    + BIAS[label]);
        sum += weights[label];
      }
      for (int label = 0; label < 3; label++) {
        targets[3 * row + label] = (float) (weights[label] / sum / ROWS);
      }
    }
    return targets;
  }
}
