package io.undertone.bench.plan;

import io.undertone.bench.simulation.FleetSize;
import io.undertone.bench.simulation.MachineFigures;

/**
 * The resources needed for a number of live calls.
 *
 * @param devicesByWork devices needed to recognize all utterances within the bound of their
 *     latency, each on a machine of its own
 * @param devicesByMemory devices needed to keep all memories on them; with fewer, memories that are
 *     not resident are restored from state
 * @param memoryBytes of all calls' memories on devices, without the weights
 * @param stateBytes of all calls' memories in Flink's state
 * @param checkpointBytesPerSecond mean rate, if each call has an utterance between two checkpoints
 * @param audioBytesPerSecond into Kafka; per call, one channel of 16-bit linear PCM at 8 kHz
 * @param cores that the machines take together, devices that are cores included
 */
public record CapacityPlan(
    long calls,
    long devicesByWork,
    long devicesByMemory,
    long memoryBytes,
    long stateBytes,
    double checkpointBytesPerSecond,
    double audioBytesPerSecond,
    double cores) {

  private static final double AUDIO_BYTES_PER_SECOND = 16_000;

  /** Keeps byte counts within 64 bits. */
  private static final long MOST_CALLS = 1_000_000_000;

  /**
   * The load of each call, and the checkpoint interval.
   *
   * @param secondsPerUtterance from the start of one to the start of the next
   * @param tokensPerUtterance 25 per second
   * @param checkpointSeconds interval between checkpoints
   */
  public record Load(double secondsPerUtterance, int tokensPerUtterance, double checkpointSeconds) {

    /** An utterance of 3 s every 6 s, and a checkpoint every 10 s. */
    public static final Load DEFAULT = new Load(6, 75, 10);
  }

  /**
   * Plans for a number of calls.
   *
   * @param calls from 1 to 1e9
   * @param machine what the work takes of a machine
   * @param size how many calls such a machine serves in time
   * @throws IllegalArgumentException if calls are out of range, or the weights and one memory do
   *     not fit on the device
   */
  public static CapacityPlan of(
      long calls,
      ModelShape model,
      DeviceFigures device,
      MachineFigures machine,
      FleetSize size,
      Load load) {
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
    long byWork = size.machines(calls);
    long byMemory = -Math.floorDiv(-bytes(calls, model.memoryBytes()), room);
    long memoryBytes = bytes(calls, model.memoryBytes());
    long stateBytes = bytes(calls, model.stateBytes());
    return new CapacityPlan(
        calls,
        byWork,
        byMemory,
        memoryBytes,
        stateBytes,
        stateBytes / load.checkpointSeconds(),
        calls * AUDIO_BYTES_PER_SECOND,
        machine.coresUsed(Math.max(byWork, byMemory), calls, size.busyDevices(calls)));
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

  /** The larger of the two device counts. */
  public long devices() {
    return Math.max(devicesByWork, devicesByMemory);
  }
}
