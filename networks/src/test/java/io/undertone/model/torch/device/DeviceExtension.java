package io.undertone.model.torch.device;

import ai.djl.ndarray.NDManager;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A device with a manager for each test, closed after it. Register it in an instance field. */
public final class DeviceExtension implements AfterEachCallback {
  private final TorchDevice device = TorchDevice.openCpu();
  private final NDManager manager = device.newManager();

  @Override
  public void afterEach(ExtensionContext context) {
    device.run(manager::close);
    device.close();
  }

  /** Runs work on the device's owner thread. */
  public void run(Runnable work) {
    device.run(work);
  }

  /** Runs work with the test's manager on the device's owner thread. */
  public void runWith(Consumer<NDManager> work) {
    device.run(() -> work.accept(manager));
  }

  /** Computes a value on the device's owner thread. */
  public <T> T call(Supplier<T> work) {
    return device.call(work);
  }

  public int liveArrays() {
    return device.liveArrays();
  }

  public NDManager manager() {
    return manager;
  }
}
