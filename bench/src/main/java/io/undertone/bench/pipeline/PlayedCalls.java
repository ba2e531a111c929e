package io.undertone.bench.pipeline;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Calls that are played in their own threads. */
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
          throw new BenchFailedException("a call cannot be played: " + e.getCause(), e);
        }
      }
    }
  }
}
