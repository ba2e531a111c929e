package io.undertone.training.memory;

import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;

/** Means and covariances of vectors, and conversions. */
final class Statistics {

  private static final double RIDGE = 1e-9;

  private Statistics() {}

  static RealVector vector(float[] values) {
    RealVector vector = new ArrayRealVector(values.length);
    for (int i = 0; i < values.length; i++) {
      vector.setEntry(i, values[i]);
    }
    return vector;
  }

  static RealVector mean(List<RealVector> vectors) {
    RealVector sum = new ArrayRealVector(vectors.get(0).getDimension());
    for (RealVector vector : vectors) {
      sum.combineToSelf(1, 1, vector);
    }
    return sum.mapDivideToSelf(vectors.size());
  }

  /**
   * Covariance of centred vectors.
   *
   * @param free degrees of freedom
   */
  static RealMatrix covariance(List<RealVector> vectors, int free) {
    int width = vectors.get(0).getDimension();
    double[][] sums = new double[width][width];
    for (RealVector vector : vectors) {
      double[] values = vector.toArray();
      for (int row = 0; row < width; row++) {
        for (int column = 0; column < width; column++) {
          sums[row][column] += values[row] * values[column];
        }
      }
    }
    return new Array2DRowRealMatrix(sums, false).scalarMultiply(1.0 / free);
  }

  /** Shrinks the off-diagonal towards 0, the more the fewer vectors there are. */
  static RealMatrix shrunk(RealMatrix covariance, int vectors) {
    int width = covariance.getRowDimension();
    double own = (double) vectors / (vectors + width);
    RealMatrix shrunk = covariance.scalarMultiply(own);
    for (int value = 0; value < width; value++) {
      shrunk.setEntry(value, value, covariance.getEntry(value, value) + RIDGE);
    }
    return shrunk;
  }

  static float[] floats(RealMatrix matrix) {
    float[] values = new float[matrix.getRowDimension() * matrix.getColumnDimension()];
    for (int row = 0; row < matrix.getRowDimension(); row++) {
      float[] one = floats(matrix.getRowVector(row));
      System.arraycopy(one, 0, values, row * one.length, one.length);
    }
    return values;
  }

  static float[] floats(RealVector vector) {
    float[] values = new float[vector.getDimension()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) vector.getEntry(i);
    }
    return values;
  }
}
