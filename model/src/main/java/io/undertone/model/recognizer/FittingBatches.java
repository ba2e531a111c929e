package io.undertone.model.recognizer;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How many utterances the device's memory holds at once, as far as is known. A batch that did not
 * fit is halved. The lowered size holds for a while and then doubles, again and again, until a
 * batch does not fit or the size has no effect. Used on the device's thread.
 */
final class FittingBatches {

  /** Memory may have been short because of other users of the device. */
  static final Duration KEPT = Duration.ofMinutes(10);

  private static final int NO_LIMIT = Integer.MAX_VALUE;

  private final LongSupplier nanoTime;
  private int most = NO_LIMIT;
  private long sinceNanos;

  FittingBatches(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** A batch of this size did not fit. */
  void tooLarge(int utterances) {
    most = Math.max(1, utterances / 2);
    sinceNanos = nanoTime.getAsLong();
  }

  /** One utterance does not fit even alone: the batches that it was in say nothing of others. */
  void forget() {
    most = NO_LIMIT;
  }

  /** The largest size that may fit. */
  int most() {
    if (most != NO_LIMIT && nanoTime.getAsLong() - sinceNanos >= KEPT.toNanos()) {
      most = most > NO_LIMIT / 2 ? NO_LIMIT : 2 * most;
      sinceNanos = nanoTime.getAsLong();
    }
    return most;
  }
}
