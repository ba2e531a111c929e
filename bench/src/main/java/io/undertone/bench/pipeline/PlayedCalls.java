package io.undertone.bench.pipeline;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Failures of calls that are played in threads of their own. */
final class PlayedCalls {

  private PlayedCalls() {}

  /** Throws if a call that has ended could not be played. */
  static void throwIfFailed(List<? extends Future<?>> calls)
      throws BenchFailedException, InterruptedException {
    for (Future<?> call : calls) {
      if (call.isDone()) {
        try {
          call.get();
        } catch (ExecutionException e) {
          throw new BenchFailedException("cannot play a call: " + e.getCause(), e);
        }
      }
    }
  }
}
