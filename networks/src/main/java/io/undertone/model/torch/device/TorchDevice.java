package io.undertone.model.torch.device;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import io.undertone.model.recognizer.DeviceThread;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * A device and the one thread that owns it. All native work on the device runs on that thread:
 * gradient mode belongs to a thread, and is off on this one except inside a {@link Backward} pass.
 *
 * <p>All users of a device in a JVM share its thread. It ends when the last user closes the device.
 */
public final class TorchDevice implements AutoCloseable {
  private static final Map<Device, TorchDevice> OPEN = new HashMap<>();

  private final Device device;
  private final DeviceThread thread;
  private final NDManager root;
  private int users;

  private TorchDevice(Device device) {
    this.device = device;
    this.thread = new DeviceThread("torch-" + device);
    try {
      this.root = thread.call(() -> start(device));
    } catch (RuntimeException e) {
      thread.close();
      throw e;
    }
  }

  private static NDManager start(Device device) {
    NDManager root = TorchRuntime.engine().newBaseManager(device);
    JniUtils.setGradMode(false);
    return root;
  }

  /** The processor. Close each result once. */
  public static TorchDevice openCpu() {
    return open(DeviceChoice.CPU);
  }

  /**
   * Makes something that owns its device and manager. If that fails, both are closed.
   *
   * @param make runs on the owner thread
   * @throws DeviceUnavailableException if the device is not there
   */
  public static <T> T open(DeviceChoice choice, BiFunction<TorchDevice, NDManager, T> make) {
    TorchDevice device = open(choice);
    try {
      return device.call(
          () -> {
            NDManager manager = device.newManager();
            try {
              return make.apply(device, manager);
            } catch (RuntimeException e) {
              manager.close();
              throw e;
            }
          });
    } catch (RuntimeException e) {
      device.close();
      throw e;
    }
  }

  /**
   * A device of this machine. Close each result once.
   *
   * @throws DeviceUnavailableException if it is not there
   */
  public static TorchDevice open(DeviceChoice choice) {
    Device device = choice.find();
    synchronized (OPEN) {
      TorchDevice shared = OPEN.get(device);
      if (shared == null) {
        shared = new TorchDevice(device);
        OPEN.put(device, shared);
      }
      shared.users++;
      return shared;
    }
  }

  /** The thread that owns the device. */
  public DeviceThread thread() {
    return thread;
  }

  /** As {@link DeviceThread#call}. */
  public <T> T call(Supplier<T> work) {
    return thread.call(work);
  }

  /** As {@link DeviceThread#call}, for work without a result. */
  public void run(Runnable work) {
    thread.call(
        () -> {
          work.run();
          return true;
        });
  }

  /** A new manager for arrays on this device. Close it on the owner thread. */
  public NDManager newManager() {
    return root.newSubManager();
  }

  /** How many arrays are alive on this device. Must not grow from step to step. */
  public int liveArrays() {
    return call(() -> root.getManagedArrays().size());
  }

  @Override
  public void close() {
    synchronized (OPEN) {
      users--;
      if (users > 0) {
        return;
      }
      OPEN.remove(device);
    }
    run(root::close);
    thread.close();
  }
}
