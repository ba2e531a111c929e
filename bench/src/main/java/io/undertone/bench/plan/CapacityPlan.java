package io.undertone.bench.plan;

/**
 * What a number of live calls needs.
 *
 * @param devicesByArithmetic so that all utterances are heard
 * @param devicesByMemory so that all memories stay on devices; without, the coldest are restored
 *     from state
 * @param memoryBytes of all calls on devices, the weights aside
 * @param stateBytes of all calls in Flink's state
 * @param checkpointBytesPerSecond in the mean, where each call speaks between two checkpoints
 * @param audioBytesPerSecond into Kafka, linear PCM of 16 bit at 8 kHz
 * @param listeningCores for decode, order and voice activity
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

    /** An utterance of 3 s each 6 s, a checkpoint each 10 s. */
    public static Load of(double channelsPerCore) {
      return new Load(6, 75, 10, channelsPerCore);
    }
  }

  /**
   * The plan of some calls.
   *
   * @throws IllegalArgumentException if the weights alone do not fit on the device
   */
  public static CapacityPlan of(long calls, ModelShape model, DeviceFigures device, Load load) {
    long room = device.memoryBytes() - model.weightBytes();
    if (room < model.memoryBytes()) {
      throw new IllegalArgumentException(
          "the weights of %s have %d bytes, but %s has %d"
              .formatted(model.name(), model.weightBytes(), device.name(), device.memoryBytes()));
    }
    double utterancesPerSecond = calls / load.secondsPerUtterance();
    double heard = device.utterancesPerSecond(model, load.tokensPerUtterance());
    long memoryBytes = calls * model.memoryBytes();
    long stateBytes = calls * model.stateBytes();
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

  /** Whichever is scarcer. */
  public long devices() {
    return Math.max(devicesByArithmetic, devicesByMemory);
  }
}
