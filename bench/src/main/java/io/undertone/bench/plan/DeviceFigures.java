package io.undertone.bench.plan;

/**
 * Speed and memory of a device.
 *
 * @param gflops billions of floating point operations per second in large float32 matrix products
 * @param fraction of that rate that the recognizer reaches; above 1 if its encoder computes in
 *     bfloat16 on a device that multiplies such matrices faster
 * @param memoryBytes for weights and memories
 */
public record DeviceFigures(String name, double gflops, double fraction, long memoryBytes) {
  private static final String FORMAT = "NAME:GFLOPS:FRACTION:GIB";

  public DeviceFigures {
    if (name.isBlank()) {
      throw new IllegalArgumentException(
          "a device's name must not be blank, but is '" + name + "'");
    }
    if (!(gflops > 0 && gflops < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("gflops must be above 0 and finite, but are " + gflops);
    }
    if (!(fraction > 0 && fraction < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("fraction must be above 0 and finite, but is " + fraction);
    }
    if (memoryBytes < 1) {
      throw new IllegalArgumentException("memoryBytes must be at least 1, but is " + memoryBytes);
    }
  }

  /** Parses four fields, for example {@code a100:140000:0.4:80}. */
  public static DeviceFigures parse(String text) {
    String[] fields = text.split(":", -1);
    if (fields.length != 4) {
      throw new IllegalArgumentException("a device must be " + FORMAT + ", but is " + text);
    }
    try {
      return new DeviceFigures(
          fields[0],
          Double.parseDouble(fields[1]),
          Double.parseDouble(fields[2]),
          (long) (Double.parseDouble(fields[3]) * (1L << 30)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("a device must be " + FORMAT + ", but is " + text, e);
    }
  }

  /** Utterances that the device recognizes per second. */
  double utterancesPerSecond(ModelShape model, int tokens) {
    return gflops * 1e9 * fraction / new Work(model).flopsPerUtterance(tokens);
  }
}
