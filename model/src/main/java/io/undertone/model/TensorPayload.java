package io.undertone.model;

import java.nio.ByteBuffer;

/** How the values of a tensor lie in bytes. Rows are along its first dimension. */
enum TensorPayload {
  /** The values. */
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

  /** The upper 16 bits of each float32, rounded to the nearest, and to even between two. */
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

  /** For each row its largest magnitude, float32; then a signed byte a value: 127 is that much. */
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
   * For values that are not negative: each row's sum, then each column's share of the whole sum,
   * all float32. A value comes back as the product of its row's and its column's.
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

  /** Nothing: all values are 0. */
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

  /** Appends what {@link #lengthBytes} says. */
  abstract void write(float[] values, int rows, ByteBuffer out);

  /**
   * @param values all 0
   */
  abstract void read(ByteBuffer in, int rows, float[] values);

  private static int rowLength(float[] values, int rows) {
    return rows == 0 ? 0 : values.length / rows;
  }

  /** What the format calls it. */
  int id() {
    return ordinal();
  }

  /** The first dimension; a scalar is one row. */
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
