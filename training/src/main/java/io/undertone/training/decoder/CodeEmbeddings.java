package io.undertone.training.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import io.undertone.model.torch.tokenizer.FiniteScalarQuantizer;
import java.util.Arrays;
import java.util.Random;

/**
 * Initial embeddings of the quantizer's codes: random smooth functions of a code's values (random
 * Fourier features, Rahimi and Recht 2007), so that codes of similar sounds start with similar
 * embeddings.
 */
final class CodeEmbeddings {

  /** Deviation of the frequencies: adjacent levels are similar, opposite ends are not. */
  private static final double FREQUENCY_SPREAD = 1.5;

  private static final double DEVIATION = 0.02;

  private CodeEmbeddings() {}

  /**
   * Overwrites the first rows of a table, one row per code.
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
        frequencies[column][value] = random.nextGaussian() * FREQUENCY_SPREAD;
      }
      phases[column] = random.nextDouble() * 2 * Math.PI;
    }
    float[] table = rows.toFloatArray();
    int codes = Arrays.stream(levels).reduce(1, Math::multiplyExact);
    for (int code = 0; code < codes; code++) {
      float[] values = FiniteScalarQuantizer.valuesOf(code, levels);
      for (int column = 0; column < width; column++) {
        double angle = phases[column];
        for (int value = 0; value < levels.length; value++) {
          angle += frequencies[column][value] * values[value];
        }
        table[code * width + column] = (float) (DEVIATION * Math.sqrt(2) * Math.cos(angle));
      }
    }
    NDManager manager = rows.getManager();
    try (NDArray view = manager.create(table, rows.getShape())) {
      rows.set(new NDIndex("..."), view);
    }
  }
}
