package io.undertone.training.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import io.undertone.model.torch.tokenizer.FiniteScalarQuantizer;
import java.util.Arrays;
import java.util.Random;

/**
 * Start values for the rows of a vocabulary that stand for quantizer codes: random smooth functions
 * of the values that a code stands for (random Fourier features, Rahimi and Recht 2007), so that
 * codes that sound alike begin alike.
 */
final class CodeNeighbourhood {

  /** Frequencies' deviation: neighbours in one value are alike, opposite ends are not. */
  private static final double SHARPNESS = 1.5;

  private static final double DEVIATION = 0.02;

  private CodeNeighbourhood() {}

  /**
   * Writes the start values over the first rows, one for each code.
   *
   * @param rows (vocabulary, width)
   * @param levels of the quantizer
   */
  static void initialise(NDArray rows, int[] levels, Random random) {
    int width = Math.toIntExact(rows.getShape().get(1));
    double[][] frequencies = new double[width][levels.length];
    double[] phases = new double[width];
    for (int column = 0; column < width; column++) {
      for (int value = 0; value < levels.length; value++) {
        frequencies[column][value] = random.nextGaussian() * SHARPNESS;
      }
      phases[column] = random.nextDouble() * 2 * Math.PI;
    }
    float[] start = rows.toFloatArray();
    int codes = Arrays.stream(levels).reduce(1, Math::multiplyExact);
    for (int code = 0; code < codes; code++) {
      float[] values = FiniteScalarQuantizer.valuesOf(code, levels);
      for (int column = 0; column < width; column++) {
        double angle = phases[column];
        for (int value = 0; value < levels.length; value++) {
          angle += frequencies[column][value] * values[value];
        }
        start[code * width + column] = (float) (DEVIATION * Math.sqrt(2) * Math.cos(angle));
      }
    }
    NDManager manager = rows.getManager();
    try (NDArray view = manager.create(start, rows.getShape())) {
      rows.set(new NDIndex("..."), view);
    }
  }
}
