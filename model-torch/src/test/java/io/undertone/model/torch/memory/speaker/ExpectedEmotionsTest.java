package io.undertone.model.torch.memory.speaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.EmotionPrior;
import io.undertone.model.torch.device.DeviceExtension;
import io.undertone.model.torch.memory.LogitCorrection;
import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ExpectedEmotionsTest {
  private static final int CLASSES = 4;
  private static final int PAIRS = CLASSES * CLASSES;
  private static final double TRUST = 0.6;
  private static final Offset<Double> TOLERANCE = within(1e-5);
  private static final double[] LAST_ESTIMATE = {0.6, 0.1, 0.2, 0.1};
  private static final double[] OTHER = {0.1, 0.2, 0.6, 0.1};
  private static final double[] NONE = new double[CLASSES];

  @RegisterExtension private final DeviceExtension device = new DeviceExtension();

  @Test
  void followsTheFormulaUnderTheTrainedPrior() {
    device.run(
        () -> {
          double[][] dynamics = drawn();

          double[] log = log(dynamics, LogitCorrection.NONE, LAST_ESTIMATE, OTHER);

          for (int e = 0; e < CLASSES; e++) {
            double changed = changed(dynamics[e], LAST_ESTIMATE, OTHER);
            assertThat(log[e]).isCloseTo(Math.log(TRUST * changed + 0.4 * 0.25), TOLERANCE);
          }
        });
  }

  @Test
  void keepsTheTransitionsOfTheTrainedPriorToTheLastBit() {
    device.run(
        () -> {
          NDArray dynamics = array(drawn());
          LogitCorrection same = new LogitCorrection(1, EmotionPrior.CALLS, EmotionPrior.CALLS);

          assertThat(ExpectedEmotions.of(dynamics, same, device.manager()).dynamics())
              .isSameAs(dynamics);
        });
  }

  @Test
  void movedTransitionsAreAcceptedByTheRatioOfThePriors() {
    device.run(
        () -> {
          double[][] dynamics = drawn();
          // r = 0.4, 0.2, 0.4, 3
          LogitCorrection calls = new LogitCorrection(1, EmotionPrior.UNIFORM, EmotionPrior.CALLS);

          NDArray moved = ExpectedEmotions.of(array(dynamics), calls, device.manager()).dynamics();

          int fromHappy = 2;
          assertThat((double) moved.getFloat(1, fromHappy))
              .isCloseTo(dynamics[1][fromHappy] * 0.5, TOLERANCE);
          assertThat((double) moved.getFloat(2, fromHappy))
              .isCloseTo(dynamics[2][fromHappy], TOLERANCE);
          assertThat((double) moved.getFloat(3, fromHappy))
              .isCloseTo(dynamics[3][fromHappy], TOLERANCE);
          assertThat((double) moved.getFloat(0, fromHappy))
              .isCloseTo(dynamics[0][fromHappy] + dynamics[1][fromHappy] * 0.5, TOLERANCE);
        });
  }

  @Test
  void movedTransitionsHaveThePriorOfTheCallsAsStationaryDistribution() {
    device.run(
        () -> {
          // Symmetric in last and next emotion: the uniform distribution is stationary.
          double[][] dynamics = new double[CLASSES][PAIRS];
          for (int next = 0; next < CLASSES; next++) {
            for (int pair = 0; pair < PAIRS; pair++) {
              dynamics[next][pair] = pair / CLASSES == next ? 0.7 : 0.1;
            }
          }
          LogitCorrection calls = new LogitCorrection(1, EmotionPrior.UNIFORM, EmotionPrior.CALLS);

          NDArray moved = ExpectedEmotions.of(array(dynamics), calls, device.manager()).dynamics();

          double[] prior = EmotionPrior.CALLS.toArray();
          for (int next = 0; next < CLASSES; next++) {
            double after = 0;
            for (int own = 0; own < CLASSES; own++) {
              after += prior[own] * moved.getFloat(next, (long) own * CLASSES);
            }
            assertThat(after).isCloseTo(prior[next], TOLERANCE);
          }
        });
  }

  @Test
  void withoutEstimatesBothSidesStartAtThePrior() {
    device.run(
        () -> {
          double[][] dynamics = drawn();
          LogitCorrection calls = new LogitCorrection(1, EmotionPrior.UNIFORM, EmotionPrior.CALLS);
          double[] prior = EmotionPrior.CALLS.toArray();

          assertThat(log(dynamics, calls, NONE, NONE))
              .containsExactly(log(dynamics, calls, prior, prior), TOLERANCE);
        });
  }

  @Test
  void isRelativeToTheTrainedPrior() {
    device.run(
        () -> {
          double[][] dynamics = drawn();
          LogitCorrection trained = new LogitCorrection(1, EmotionPrior.CALLS, EmotionPrior.CALLS);

          double[] log = log(dynamics, trained, LAST_ESTIMATE, OTHER);

          double[] prior = EmotionPrior.CALLS.toArray();
          for (int e = 0; e < CLASSES; e++) {
            double expected = TRUST * changed(dynamics[e], LAST_ESTIMATE, OTHER) + 0.4 * prior[e];
            assertThat(log[e]).isCloseTo(Math.log(expected / (CLASSES * prior[e])), TOLERANCE);
          }
        });
  }

  /** {@link ExpectedEmotions#log} of one memory; a row of zeros stands for no estimate. */
  private double[] log(
      double[][] dynamics, LogitCorrection correction, double[] lastEstimate, double[] other) {
    double[] centred = lastEstimate.clone();
    if (lastEstimate != NONE) {
      Arrays.setAll(centred, i -> lastEstimate[i] - 0.25);
    }
    float[] log =
        ExpectedEmotions.of(array(dynamics), correction, device.manager())
            .log(
                array(new double[][] {centred}),
                array(new double[][] {other}),
                device.manager().full(new Shape(1), (float) TRUST))
            .toFloatArray();
    double[] values = new double[log.length];
    Arrays.setAll(values, i -> log[i]);
    return values;
  }

  private static double changed(double[] row, double[] own, double[] other) {
    double sum = 0;
    for (int pair = 0; pair < PAIRS; pair++) {
      sum += own[pair / CLASSES] * other[pair % CLASSES] * row[pair];
    }
    return sum;
  }

  /** Random transition probabilities. */
  private static double[][] drawn() {
    Random random = new Random(1);
    double[][] dynamics = new double[CLASSES][PAIRS];
    for (int pair = 0; pair < PAIRS; pair++) {
      double sum = 0;
      for (int next = 0; next < CLASSES; next++) {
        dynamics[next][pair] = random.nextDouble();
        sum += dynamics[next][pair];
      }
      for (int next = 0; next < CLASSES; next++) {
        dynamics[next][pair] /= sum;
      }
    }
    return dynamics;
  }

  private NDArray array(double[][] rows) {
    float[] flat = new float[rows.length * rows[0].length];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = (float) rows[i / rows[0].length][i % rows[0].length];
    }
    return device.manager().create(flat, new Shape(rows.length, rows[0].length)).duplicate();
  }
}
