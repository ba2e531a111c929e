package io.undertone.model.torch.tokenizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;

/**
 * Finite scalar quantisation (Mentzer et al. 2023, arXiv 2309.15505): each value is squashed and
 * rounded to one of a few levels; the levels of all values together are the code. No codebook is
 * learned, so none can collapse.
 */
public final class FiniteScalarQuantizer {

  private static final double EDGE = 1e-3;

  private final int[] levels;
  private final NDArray shift;
  private final NDArray half;
  private final NDArray offset;
  private final NDArray unit;
  private final NDArray centre;
  private final NDArray place;

  /**
   * @param manager owns the constants
   * @param levels of each value, at least 2; their product is the size of the codebook
   */
  public FiniteScalarQuantizer(NDManager manager, int... levels) {
    for (int level : levels) {
      if (level < 2) {
        throw new IllegalArgumentException(
            "levels must be at least 2, but are " + Arrays.toString(levels));
      }
    }
    this.levels = levels.clone();
    int count = levels.length;
    float[] halves = new float[count];
    float[] offsets = new float[count];
    float[] shifts = new float[count];
    float[] units = new float[count];
    float[] centres = new float[count];
    float[] places = new float[count];
    int place = 1;
    for (int i = 0; i < count; i++) {
      halves[i] = (float) ((levels[i] - 1) * (1 - EDGE) / 2);
      offsets[i] = levels[i] % 2 == 0 ? 0.5f : 0;
      shifts[i] = (float) Math.tan(offsets[i] / halves[i]);
      int centre = levels[i] / 2;
      units[i] = 1f / centre;
      centres[i] = centre;
      places[i] = place;
      place *= levels[i];
    }
    this.shift = manager.create(shifts, new Shape(count)).duplicate();
    this.half = manager.create(halves, new Shape(count)).duplicate();
    this.offset = manager.create(offsets, new Shape(count)).duplicate();
    this.unit = manager.create(units, new Shape(count)).duplicate();
    this.centre = manager.create(centres, new Shape(count)).duplicate();
    this.place = manager.create(places, new Shape(count)).duplicate();
  }

  /** Number of values of a code. */
  public int width() {
    return levels.length;
  }

  /** The values in [-1, 1] of a code, as {@link #quantized} returns them. */
  public static float[] valuesOf(int code, int... levels) {
    float[] values = new float[levels.length];
    int rest = code;
    for (int i = 0; i < levels.length; i++) {
      int centre = levels[i] / 2;
      values[i] = (float) (rest % levels[i] - centre) / centre;
      rest /= levels[i];
    }
    return values;
  }

  public int codebookSize() {
    return Arrays.stream(levels).reduce(1, Math::multiplyExact);
  }

  /** The values within their bounds, before rounding. z: (…, width). */
  public NDArray bounded(NDArray z) {
    return z.add(shift).tanh().mul(half).sub(offset);
  }

  /**
   * Rounded values in [-1, 1]. The gradient ignores the rounding (straight-through estimator).
   *
   * @param bounded (…, width)
   */
  public NDArray quantized(NDArray bounded) {
    NDArray rounding = bounded.round().sub(bounded).stopGradient();
    return bounded.add(rounding).mul(unit);
  }

  /**
   * The codes, int64, each below {@link #codebookSize}.
   *
   * @param bounded (…, width)
   * @return (…)
   */
  public NDArray codes(NDArray bounded) {
    return bounded.round().add(centre).mul(place).sum(new int[] {-1}).toType(DataType.INT64, false);
  }
}
