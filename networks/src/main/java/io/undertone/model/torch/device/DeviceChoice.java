package io.undertone.model.torch.device;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which device a user wants. It is looked for on the machine that computes.
 *
 * @param gpu number of a GPU, from 0; {@code -1} for the processor
 */
public record DeviceChoice(int gpu) implements Serializable {
  private static final int NO_GPU = -1;

  /** The processor. */
  public static final DeviceChoice CPU = new DeviceChoice(NO_GPU);

  /** A regular expression of the names. */
  public static final String PATTERN = "cpu|gpu(?::(\\d{1,3}))?";

  /** Completes the sentence "the device must be …". */
  public static final String EXPECTED = "cpu, gpu (the first one) or gpu:N, such as gpu:1";

  /** No machine has more. */
  private static final int MOST_GPUS = 64;

  public DeviceChoice {
    if (gpu < NO_GPU) {
      throw new IllegalArgumentException("gpu must be at least " + NO_GPU + ", but is " + gpu);
    }
  }

  /**
   * Reads a name: {@code cpu}, {@code gpu} or {@code gpu:N}.
   *
   * @throws IllegalArgumentException for another text
   */
  public static DeviceChoice parse(String text) {
    Matcher matcher = Pattern.compile(PATTERN).matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "device must be %s, but is '%s'".formatted(EXPECTED, text));
    }
    if (text.equals("cpu")) {
      return CPU;
    }
    String number = matcher.group(1);
    return new DeviceChoice(number == null ? 0 : Integer.parseInt(number));
  }

  /**
   * Looks whether the device is there, as opening it does.
   *
   * @throws DeviceUnavailableException if this process cannot compute on it
   */
  public void requireHere() {
    find();
  }

  /** The device of this machine; throws as {@link #requireHere}. */
  Device find() {
    if (gpu == NO_GPU) {
      return Device.cpu();
    }
    Engine engine = TorchRuntime.engine();
    if (!computes(engine, gpu)) {
      throw new DeviceUnavailableException(this, reachable(engine), engine.getVersion());
    }
    return Device.gpu(gpu);
  }

  private static int reachable(Engine engine) {
    int count = 0;
    while (count < MOST_GPUS && computes(engine, count)) {
      count++;
    }
    return count;
  }

  /**
   * Whether PyTorch makes an array on a GPU. The engine's own count needs a CUDA runtime in the
   * system, which PyTorch does not: it brings one.
   */
  private static boolean computes(Engine engine, int gpu) {
    try (NDManager manager = engine.newBaseManager(Device.gpu(gpu));
        NDArray array = manager.ones(new Shape(1))) {
      return array.getFloat(0) == 1;
    } catch (EngineException e) {
      return false;
    }
  }

  /** The name: {@code cpu} or {@code gpu:N}. */
  @Override
  public String toString() {
    return gpu == NO_GPU ? "cpu" : "gpu:" + gpu;
  }
}
