package io.undertone.bench.plan;

/**
 * What a number of live calls needs.
 *
 * @param devicesByArithmetic so that all utterances are heard
 * @param devicesByMemory so that all memories stay on devices; without, the coldest are restored
 *     from state
 * @param memoryBytes of all calls' memories on devices, the weights aside
 * @param stateBytes of all calls' memories in Flink's state
 * @param checkpointBytesPerSecond in the mean, where each call speaks between two checkpoints
 * @param audioBytesPerSecond into Kafka, one channel of linear PCM of 16 bit at 8 kHz a call
 * @param listeningCores for decode, order and voice activity of one channel a call
 */
public record CapacityPlan(
    long calls,
    long devicesByArithmetic,
    long devicesByMemory,
    long memoryBytes,
    long stateBytes,
    double checkpointBytesPerSecond,
    double audioBytesPerSecond,
    double listeningCores) {

  private static final double AUDIO_BYTES_PER_SECOND = 16_000;

  /** More than there are telephones, and few enough to count their bytes. */
  private static final long MOST_CALLS = 1_000_000_000;

  /**
   * How calls speak, and how they are kept.
   *
   * @param secondsPerUtterance from the begin of one to the begin of the next
   * @param tokensPerUtterance 25 for each second
   * @param checkpointSeconds from one to the next
   * @param channelsPerCore whose voice activity a core follows
   */
  public record Load(
      double secondsPerUtterance,
      int tokensPerUtterance,
      double checkpointSeconds,
      double channelsPerCore) {

    public Load {
      if (!(channelsPerCore > 0 && channelsPerCore < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "channelsPerCore must be above 0 and finite, but is " + channelsPerCore);
      }
    }

    /** An utterance of 3 s each 6 s, a checkpoint each 10 s. */
    public static Load of(double channelsPerCore) {
      return new Load(6, 75, 10, channelsPerCore);
    }
  }

  /**
   * The plan of some calls.
   *
   * @param calls from 1 to a thousand million
   * @throws IllegalArgumentException if there are fewer or more calls, or the weights and one
   *     memory do not fit on the device
   */
  public static CapacityPlan of(long calls, ModelShape model, DeviceFigures device, Load load) {
    if (calls < 1 || calls > MOST_CALLS) {
      throw new IllegalArgumentException(
          "calls must be from 1 to %d, but are %d".formatted(MOST_CALLS, calls));
    }
    long room = device.memoryBytes() - model.weightBytes();
    if (room < model.memoryBytes()) {
      throw new IllegalArgumentException(
          "%s must hold the weights of %s, %d bytes, and a call's memory, %d bytes, but has %d"
              .formatted(
                  device.name(),
                  model.name(),
                  model.weightBytes(),
                  model.memoryBytes(),
                  device.memoryBytes()));
    }
    double utterancesPerSecond = calls / load.secondsPerUtterance();
    double heard = device.utterancesPerSecond(model, load.tokensPerUtterance());
    long memoryBytes = bytes(calls, model.memoryBytes());
    long stateBytes = bytes(calls, model.stateBytes());
    return new CapacityPlan(
        calls,
        (long) Math.ceil(utterancesPerSecond / heard),
        -Math.floorDiv(-memoryBytes, room),
        memoryBytes,
        stateBytes,
        stateBytes / load.checkpointSeconds(),
        calls * AUDIO_BYTES_PER_SECOND,
        calls / load.channelsPerCore());
  }

  private static long bytes(long calls, long bytesOfACall) {
    try {
      return Math.multiplyExact(calls, bytesOfACall);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "the bytes of all calls must fit in 64 bit, but %d calls have %d each"
              .formatted(calls, bytesOfACall),
          e);
    }
  }

  /** Whichever is scarcer. */
  public long devices() {
    return Math.max(devicesByArithmetic, devicesByMemory);
  }
}
