package io.undertone.bench.pipeline;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Calls that are played in threads of their own. */
final class PlayedCalls {

  private PlayedCalls() {}

  /** Fails if one of those that have ended could not be played. */
  static void throwIfFailed(List<? extends Future<?>> calls)
      throws BenchFailedException, InterruptedException {
    for (Future<?> call : calls) {
      if (call.isDone()) {
        try {
          call.get();
        } catch (ExecutionException e) {
          throw new BenchFailedException("a call cannot be played: " + e.getCause(), e);
        }
      }
    }
  }
}
