package io.undertone.bench.plan;

import io.undertone.bench.simulation.MachineFigures;

/**
 * Speed and memory of a device.
 *
 * @param gflops billions of floating point operations per second in large float32 matrix products
 * @param fraction of that rate that the recognizer reaches; above 1 if its encoder computes in
 *     bfloat16 on a device that multiplies such matrices faster
 * @param memoryBytes for weights and memories
 */
public record DeviceFigures(String name, double gflops, double fraction, long memoryBytes) {
  private static final int ENOUGH_CORES = 1_000;
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

  /**
   * A machine with this device and as many processor cores as its calls need: a batch takes as long
   * as its arithmetic, and the rest is as on the machine that {@link MachineFigures#DEFAULT}
   * describes, but for the cost of listening.
   *
   * @param channelsPerCore channels that one core listens to in real time
   */
  public MachineFigures machine(ModelShape model, CapacityPlan.Load load, double channelsPerCore) {
    if (!(channelsPerCore > 0 && channelsPerCore < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "channelsPerCore must be above 0 and finite, but is " + channelsPerCore);
    }
    MachineFigures other = MachineFigures.DEFAULT;
    return new MachineFigures(
        ENOUGH_CORES,
        0,
        1_000 / utterancesPerSecond(model, load.tokensPerUtterance()),
        other.spread(),
        other.pathMs(),
        other.deviceCores(),
        other.baseCores(),
        1 / channelsPerCore);
  }
}
