package io.undertone.model.torch.spectrum;

/** Raised cosine windows. */
public final class HannWindow {

  private HannWindow() {}

  /** Both ends are 0. */
  public static float[] symmetric(int size) {
    return cosine(size, size - 1);
  }

  /** The first value is 0, and the next period would begin after the last one. */
  public static float[] periodic(int size) {
    return cosine(size, size);
  }

  private static float[] cosine(int size, int period) {
    float[] window = new float[size];
    for (int i = 0; i < size; i++) {
      window[i] = (float) (0.5 - 0.5 * Math.cos(2 * Math.PI * i / period));
    }
    return window;
  }
}
