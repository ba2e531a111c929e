package io.undertone.model.recognizer;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that owns a device. It runs its tasks one by one, in the order they came in.
 *
 * <p>A second thread watches tasks that have a deadline. After a missed deadline the device has
 * hung: all results that anybody waits for fail with a {@link DeviceHungException}, and so does all
 * later work, at once.
 */
public final class DeviceThread implements AutoCloseable {
  private final String name;
  private final ScheduledThreadPoolExecutor executor;
  private final ScheduledThreadPoolExecutor watchdog;
  private final Set<CompletableFuture<?>> unfinished = ConcurrentHashMap.newKeySet();
  private final Set<Consumer<DeviceHungException>> listeners = ConcurrentHashMap.newKeySet();
  private volatile @Nullable Thread thread;
  private volatile @Nullable DeviceHungException hung;

  public DeviceThread(String name) {
    this.name = name;
    executor = new ScheduledThreadPoolExecutor(1, task -> thread = newThread(name, task));
    executor.setRemoveOnCancelPolicy(true);
    watchdog = new ScheduledThreadPoolExecutor(1, task -> newThread(name + "-watchdog", task));
    watchdog.setRemoveOnCancelPolicy(true);
  }

  private static Thread newThread(String name, Runnable task) {
    Thread created = new Thread(task, name);
    created.setDaemon(true);
    // The thread may outlive the job that started it, so it must not hold that job's classes.
    created.setContextClassLoader(DeviceThread.class.getClassLoader());
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
    CompletableFuture<T> result = newResult();
    execute(
        () -> {
          try {
            result.complete(task.get());
          } catch (RuntimeException | Error e) {
            result.completeExceptionally(e);
          }
        });
    return result;
  }

  /** As {@link #submit(Supplier)}, for a task with a deadline from its start. */
  <T> CompletableFuture<T> submit(long deadlineMs, Supplier<T> task) {
    return submit(() -> watched(deadlineMs, task));
  }

  /** Runs a task after those before it; does not wait. Exceptions of the task are dropped. */
  public void execute(Runnable task) {
    if (hung == null) {
      executor.execute(task);
    }
  }

  /** Runs a task after a delay, unless it is cancelled first. Exceptions of it are dropped. */
  Future<?> executeAfter(long delayMs, Runnable task) {
    return executor.schedule(task, delayMs, TimeUnit.MILLISECONDS);
  }

  /** On this thread: does work that must be done within the deadline, or the device has hung. */
  <T> T watched(long deadlineMs, Supplier<T> work) {
    Future<?> alarm =
        watchdog.schedule(() -> giveUp(deadlineMs), deadlineMs, TimeUnit.MILLISECONDS);
    try {
      return work.get();
    } finally {
      alarm.cancel(false);
    }
  }

  /** A result of this thread to wait for. It fails if the device hangs, or already has. */
  <T> CompletableFuture<T> newResult() {
    CompletableFuture<T> result = new CompletableFuture<>();
    unfinished.add(result);
    CompletableFuture<T> unused = result.whenComplete((value, failure) -> forget(result));
    failIfHung(result);
    return result;
  }

  /** Nobody waits for a result any more. */
  void forget(CompletableFuture<?> result) {
    unfinished.remove(result);
  }

  /**
   * Calls a listener if the device hangs, on the watching thread, before results fail. Remove it
   * when it should not be called any more.
   */
  void addListener(Consumer<DeviceHungException> listener) {
    listeners.add(listener);
  }

  void removeListener(Consumer<DeviceHungException> listener) {
    listeners.remove(listener);
  }

  private void giveUp(long deadlineMs) {
    DeviceHungException failure = new DeviceHungException(name, deadlineMs);
    hung = failure;
    listeners.forEach(listener -> listener.accept(failure));
    unfinished.forEach(this::failIfHung);
  }

  private void failIfHung(CompletableFuture<?> result) {
    DeviceHungException failure = hung;
    if (failure != null) {
      result.completeExceptionally(failure);
    }
  }

  /** Stops accepting tasks; the thread ends when the queue is empty. */
  @Override
  public void close() {
    executor.shutdown();
    watchdog.shutdown();
  }
}
