package io.undertone.model.recognizer;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The one thread that owns a device. It runs its tasks one by one, in the order they came in. */
public final class DeviceThread implements AutoCloseable {
  private final ScheduledThreadPoolExecutor executor;
  private volatile @Nullable Thread thread;

  public DeviceThread(String name) {
    executor = new ScheduledThreadPoolExecutor(1, task -> newThread(name, task));
    executor.setRemoveOnCancelPolicy(true);
  }

  private Thread newThread(String name, Runnable task) {
    Thread created = new Thread(task, name);
    created.setDaemon(true);
    // The thread may outlive the job that started it, so it must not hold that job's classes.
    created.setContextClassLoader(DeviceThread.class.getClassLoader());
    thread = created;
    return created;
  }

  /** Runs a task and waits for its result. Called on this thread itself, runs it at once. */
  public <T> T call(Supplier<T> task) {
    if (Thread.currentThread() == thread) {
      return task.get();
    }
    try {
      return submit(task).join();
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

  /** Runs a task after those before it; does not wait. */
  public <T> CompletableFuture<T> submit(Supplier<T> task) {
    return CompletableFuture.supplyAsync(task, executor);
  }

  /** Runs a task after those before it; does not wait. Exceptions of the task are dropped. */
  public void execute(Runnable task) {
    executor.execute(task);
  }

  /** Runs a task after a delay, unless it is cancelled first. Exceptions of it are dropped. */
  Future<?> executeAfter(long delayMs, Runnable task) {
    return executor.schedule(task, delayMs, TimeUnit.MILLISECONDS);
  }

  /** Stops accepting tasks; the thread ends when the queue is empty. */
  @Override
  public void close() {
    executor.shutdown();
  }
}
