package io.undertone.model.torch.device;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A device and the one thread that owns it. All native work on the device is given to that thread:
 * gradient mode belongs to a thread, and is off on this one except inside a {@link Backward} pass.
 *
 * <p>All who open a device in a JVM share its thread, which ends when the last has closed it.
 */
public final class TorchDevice implements AutoCloseable {
  private static final Map<Device, TorchDevice> OPEN = new HashMap<>();

  private final Device device;
  private final ExecutorService owner;
  private final NDManager root;
  private volatile @Nullable Thread ownerThread;
  private int users;

  private TorchDevice(Device device) {
    this.device = device;
    this.owner =
        Executors.newSingleThreadExecutor(
            work -> {
              Thread thread = new Thread(work, "torch-" + device);
              thread.setDaemon(true);
              // It may outlive the job that opened the device: it must not hold that job's classes.
              thread.setContextClassLoader(TorchDevice.class.getClassLoader());
              ownerThread = thread;
              return thread;
            });
    try {
      this.root = call(() -> start(device));
    } catch (RuntimeException e) {
      owner.shutdown();
      throw e;
    }
  }

  private static NDManager start(Device device) {
    NDManager root = TorchRuntime.engine().newBaseManager(device);
    JniUtils.setGradMode(false);
    return root;
  }

  /** The processor. Each result is closed once. */
  public static TorchDevice openCpu() {
    return open(Device.cpu());
  }

  /** A device of this machine. Each result is closed once. */
  public static TorchDevice open(Device device) {
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

  /** Does the work on the owner thread and waits for it; on that thread itself, at once. */
  public <T> T call(Supplier<T> work) {
    if (Thread.currentThread() == ownerThread) {
      return work.get();
    }
    try {
      return CompletableFuture.supplyAsync(work, owner).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error failure) {
        throw failure;
      }
      throw e;
    }
  }

  /** Does the work on the owner thread and waits for it; on that thread itself, at once. */
  public void run(Runnable work) {
    call(
        () -> {
          work.run();
          return true;
        });
  }

  /** Has the work done on the owner thread, and does not wait for it; what it throws is lost. */
  public void later(Runnable work) {
    Future<?> unused = owner.submit(work);
  }

  /** A new manager for arrays on this device; whoever asks closes it, on the owner thread. */
  public NDManager newManager() {
    return root.newSubManager();
  }

  /** How many arrays are alive on this device: a number that must not grow from step to step. */
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
    owner.shutdown();
  }
}
