package io.undertone.cli.terminal;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Signals that the process is asked to stop, and delays its exit until everything is closed. */
public final class StopSignal implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 30;

  private final CountDownLatch requested = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);

  private StopSignal() {}

  /** Starts listening. */
  public static StopSignal install() {
    StopSignal signal = new StopSignal();
    Runtime.getRuntime().addShutdownHook(new Thread(signal::stop, "undertone-stop"));
    return signal;
  }

  public boolean isRequested() {
    return requested.getCount() == 0;
  }

  /** Returns when the process is asked to stop. */
  public void await() throws InterruptedException {
    requested.await();
  }

  /** Everything is closed: the process may exit. */
  @Override
  public void close() {
    closed.countDown();
  }

  private void stop() {
    requested.countDown();
    try {
      closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
