package io.undertone.model;

import java.nio.ByteBuffer;

/** Encodings of a tensor's values. Rows are along the first dimension. */
enum TensorPayload {
  /** Float32 values. */
  FLOAT32 {
    @Override
    long lengthBytes(long rows, long columns) {
      return rows * columns * Float.BYTES;
    }

    @Override
    void write(float[] values, int rows, ByteBuffer out) {
      for (float value : values) {
        out.putFloat(value);
      }
    }

    @Override
    void read(ByteBuffer in, int rows, float[] values) {
      for (int i = 0; i < values.length; i++) {
        values[i] = in.getFloat();
      }
    }
  },

  /** The upper 16 bits of each float32, rounded to nearest, ties to even. */
  BFLOAT16 {
    @Override
    long lengthBytes(long rows, long columns) {
      return rows * columns * Short.BYTES;
    }

    @Override
    void write(float[] values, int rows, ByteBuffer out) {
      for (float value : values) {
        out.putShort(upperHalf(value));
      }
    }

    private static short upperHalf(float value) {
      int bits = Float.floatToIntBits(value);
      if (Float.isNaN(value)) {
        return (short) (bits >>> 16);
      }
      return (short) ((bits + 0x7fff + (bits >>> 16 & 1)) >>> 16);
    }

    @Override
    void read(ByteBuffer in, int rows, float[] values) {
      for (int i = 0; i < values.length; i++) {
        values[i] = Float.intBitsToFloat(in.getShort() << 16);
      }
    }
  },

  /**
   * The largest magnitude of each row as float32, then one signed byte per value, where 127 stands
   * for that magnitude.
   */
  INT8_ROWS {
    @Override
    long lengthBytes(long rows, long columns) {
      return rows * (Float.BYTES + columns);
    }

    @Override
    void write(float[] values, int rows, ByteBuffer out) {
      int columns = rowLength(values, rows);
      float[] largest = new float[rows];
      for (int i = 0; i < values.length; i++) {
        largest[i / columns] = Math.max(largest[i / columns], Math.abs(values[i]));
      }
      FLOAT32.write(largest, rows, out);
      for (int i = 0; i < values.length; i++) {
        float most = largest[i / columns];
        out.put((byte) (most == 0 ? 0 : Math.round(values[i] / most * MOST)));
      }
    }

    @Override
    void read(ByteBuffer in, int rows, float[] values) {
      int columns = rowLength(values, rows);
      float[] largest = new float[rows];
      FLOAT32.read(in, rows, largest);
      for (int i = 0; i < values.length; i++) {
        values[i] = in.get() * largest[i / columns] / MOST;
      }
    }
  },

  /**
   * For non-negative values: the sum of each row, then each column's share of the total, all
   * float32. A value is restored as the product of its row's and its column's number.
   */
  FACTORED {
    @Override
    long lengthBytes(long rows, long columns) {
      return (rows + columns) * Float.BYTES;
    }

    @Override
    void write(float[] values, int rows, ByteBuffer out) {
      int columns = rowLength(values, rows);
      double[] ofRow = new double[rows];
      double[] ofColumn = new double[columns];
      double whole = 0;
      for (int i = 0; i < values.length; i++) {
        ofRow[i / columns] += values[i];
        ofColumn[i % columns] += values[i];
        whole += values[i];
      }
      for (double sum : ofRow) {
        out.putFloat((float) sum);
      }
      for (double sum : ofColumn) {
        out.putFloat((float) (whole == 0 ? 0 : sum / whole));
      }
    }

    @Override
    void read(ByteBuffer in, int rows, float[] values) {
      int columns = rowLength(values, rows);
      float[] ofRow = new float[rows];
      float[] ofColumn = new float[columns];
      FLOAT32.read(in, rows, ofRow);
      FLOAT32.read(in, rows, ofColumn);
      for (int i = 0; i < values.length; i++) {
        values[i] = ofRow[i / columns] * ofColumn[i % columns];
      }
    }
  },

  /** No bytes: all values are 0. */
  ZEROS {
    @Override
    long lengthBytes(long rows, long columns) {
      return 0;
    }

    @Override
    void write(float[] values, int rows, ByteBuffer out) {}

    @Override
    void read(ByteBuffer in, int rows, float[] values) {}
  };

  private static final float MOST = Byte.MAX_VALUE;

  abstract long lengthBytes(long rows, long columns);

  /** Appends {@link #lengthBytes} bytes. */
  abstract void write(float[] values, int rows, ByteBuffer out);

  /**
   * @param values all 0
   */
  abstract void read(ByteBuffer in, int rows, float[] values);

  private static int rowLength(float[] values, int rows) {
    return rows == 0 ? 0 : values.length / rows;
  }

  /** Its number in the format. */
  int id() {
    return ordinal();
  }

  /** The first dimension; 1 for a scalar. */
  static int rows(int[] shape) {
    return shape.length == 0 ? 1 : shape[0];
  }

  /** The product of the other dimensions. */
  static long columns(int[] shape) {
    long columns = 1;
    for (int i = 1; i < shape.length; i++) {
      columns *= shape[i];
    }
    return columns;
  }
}
