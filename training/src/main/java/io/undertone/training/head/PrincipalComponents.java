package io.undertone.training.head;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.torch.device.Rows;
import java.util.Random;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * The directions of the largest variance, by subspace iteration: rows that are multiplied with the
 * covariance and made orthonormal again and again turn towards them.
 */
final class PrincipalComponents {

  private static final int ITERATIONS = 40;

  /** Components beyond those wanted, which let these converge. */
  private static final int SPARE = 16;

  private static final long SEED = 1;

  /** Keeps rows apart where there are fewer directions with variance than rows. */
  private static final double RIDGE = 1e-6;

  private PrincipalComponents() {}

  /**
   * Finds the first components.
   *
   * @param covariance (width, width)
   * @param count at most width
   * @return orthonormal rows in the order of their variance, (count, width); each one's largest
   *     value is positive
   */
  static NDArray of(NDArray covariance, int count) {
    int width = Math.toIntExact(covariance.getShape().get(0));
    double[][] basis = start(Math.min(width, count + SPARE), width);
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      orthonormalize(basis);
      double[][] next = product(basis, covariance);
      for (int row = 0; row < basis.length; row++) {
        for (int column = 0; column < width; column++) {
          basis[row][column] = next[row][column] + RIDGE * basis[row][column];
        }
      }
    }
    orthonormalize(basis);
    RealMatrix rows = new Array2DRowRealMatrix(basis, false);
    RealMatrix within =
        new Array2DRowRealMatrix(product(basis, covariance), false).multiply(rows.transpose());
    EigenDecomposition axes =
        new EigenDecomposition(within.add(within.transpose()).scalarMultiply(0.5));
    return signed(axes.getVT().multiply(rows), count, covariance.getManager());
  }

  private static double[][] start(int rows, int width) {
    Random random = new Random(SEED);
    double[][] values = new double[rows][width];
    for (double[] row : values) {
      for (int i = 0; i < width; i++) {
        row[i] = random.nextGaussian();
      }
    }
    return values;
  }

  /** Gram and Schmidt's method; twice, since once leaves rounding errors. */
  private static void orthonormalize(double[][] rows) {
    for (int row = 0; row < rows.length; row++) {
      for (int time = 0; time < 2; time++) {
        for (int before = 0; before < row; before++) {
          add(-dot(rows[row], rows[before]), rows[before], rows[row]);
        }
        double norm = Math.sqrt(dot(rows[row], rows[row]));
        for (int i = 0; i < rows[row].length; i++) {
          rows[row][i] /= norm;
        }
      }
    }
  }

  private static double dot(double[] one, double[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += one[i] * other[i];
    }
    return sum;
  }

  private static void add(double factor, double[] from, double[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] += factor * from[i];
    }
  }

  private static double[][] product(double[][] rows, NDArray covariance) {
    int width = rows[0].length;
    float[] values = new float[rows.length * width];
    for (int row = 0; row < rows.length; row++) {
      for (int i = 0; i < width; i++) {
        values[row * width + i] = (float) rows[row][i];
      }
    }
    try (NDManager step = covariance.getManager().newSubManager()) {
      covariance.tempAttach(step);
      float[][] products =
          Rows.of(step.create(values, new Shape(rows.length, width)).matMul(covariance));
      double[][] result = new double[rows.length][width];
      for (int row = 0; row < rows.length; row++) {
        for (int i = 0; i < width; i++) {
          result[row][i] = products[row][i];
        }
      }
      return result;
    }
  }

  private static NDArray signed(RealMatrix rows, int count, NDManager manager) {
    int width = rows.getColumnDimension();
    float[] values = new float[count * width];
    for (int row = 0; row < count; row++) {
      double largest = 0;
      for (double value : rows.getRow(row)) {
        largest = Math.abs(value) > Math.abs(largest) ? value : largest;
      }
      for (int i = 0; i < width; i++) {
        values[row * width + i] = (float) (rows.getEntry(row, i) * Math.signum(largest));
      }
    }
    return manager.create(values, new Shape(count, width)).duplicate();
  }
}
