package io.undertone.model.torch.llama;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.torch.llama.config.LlamaConfig;
import java.util.Arrays;

/**
 * Rotations and the causal mask, which depend on positions alone. One table of each is kept, twice
 * as long as the longest sequence so far; every sequence uses a slice of it.
 */
final class Positions {
  private static final int FIRST_LENGTH = 128;

  /**
   * The slice for some positions: one for each row of a batch, or one for all.
   *
   * @param mask (queries, time) or (batch, 1, queries, time), 0 where a position may attend and
   *     minus infinity elsewhere
   */
  record Places(Rotary rotary, NDArray mask) {

    /** These places after a past, which has its own mask for each row. */
    Places after(Past past) {
      return new Places(rotary, past.mask(mask));
    }
  }

  private final LlamaConfig config;
  private final NDManager manager;
  private int length;

  /** Of the rotations, which may depend on the length of the sequence. */
  private int variant;

  /** Tables of (length, headWidth / 2). */
  private Rotary rotary;

  /** (length, length) */
  private NDArray mask;

  /**
   * @param manager owns the tables
   */
  Positions(LlamaConfig config, NDManager manager) {
    this.config = config;
    this.manager = manager;
    this.length = FIRST_LENGTH;
    this.rotary = rotary(1);
    this.mask = mask();
  }

  /** Positions 0 to time - 1, as views on a step's manager. */
  Places ofLength(int time, NDManager step) {
    return between(0, time, step);
  }

  /** Positions from to time - 1, attending to those from 0, as views on a step's manager. */
  Places between(int from, int time, NDManager step) {
    coverUpTo(time);
    NDIndex rows = new NDIndex().addSliceDim(from, time);
    NDIndex looking = new NDIndex().addSliceDim(from, time).addSliceDim(0, time);
    NDArray cos = rotary.cos().get(step, rows).expandDims(1);
    NDArray sin = rotary.sin().get(step, rows).expandDims(1);
    return new Places(new Rotary(cos, sin), mask.get(step, looking));
  }

  /**
   * Some positions of each row.
   *
   * @param positions (batch, queries), int64, each below time
   * @param time how long the rows are
   */
  Places ofRows(NDArray positions, int time) {
    coverUpTo(time);
    NDArray cos = Lookup.rows(rotary.cos(), positions).expandDims(2);
    NDArray sin = Lookup.rows(rotary.sin(), positions).expandDims(2);
    NDIndex looking = new NDIndex().addAllDim().addAllDim().addSliceDim(0, time);
    return new Places(
        new Rotary(cos, sin), Lookup.rows(mask, positions).get(looking).expandDims(1));
  }

  private void coverUpTo(int time) {
    boolean longer = time > length;
    while (length < time) {
      length *= 2;
    }
    if (longer || config.angles().variant(time) != variant) {
      rotary.cos().close();
      rotary.sin().close();
      rotary = rotary(time);
    }
    if (longer) {
      mask.close();
      mask = mask();
    }
  }

  /** The rotations of all positions of the tables, for sequences of some time. */
  private Rotary rotary(int time) {
    variant = config.angles().variant(time);
    int headWidth = config.attention().headWidth();
    int pairs = headWidth / 2;
    double[] frequencies = new double[pairs];
    Arrays.setAll(frequencies, pair -> config.angles().frequency(pair, headWidth, time));
    float[] cos = new float[length * pairs];
    float[] sin = new float[length * pairs];
    for (int i = 0; i < cos.length; i++) {
      double angle = i / pairs * frequencies[i % pairs];
      cos[i] = (float) Math.cos(angle);
      sin[i] = (float) Math.sin(angle);
    }
    Shape shape = new Shape(length, pairs);
    return new Rotary(table(cos, shape), table(sin, shape));
  }

  private NDArray mask() {
    float[] values = new float[length * length];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % length > i / length ? Float.NEGATIVE_INFINITY : 0;
    }
    return table(values, new Shape(length, length));
  }

  /** An array that lives as long as the tables, in whatever scope it was created. */
  private NDArray table(float[] values, Shape shape) {
    try (NDArray view = manager.create(values, shape)) {
      NDArray table = view.duplicate();
      NDScope.unregister(table);
      return table;
    }
  }
}
