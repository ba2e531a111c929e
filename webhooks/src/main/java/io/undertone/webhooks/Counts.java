package io.undertone.webhooks;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What a notifier has done so far.
 *
 * @param delivered messages that the service has taken
 * @param failed attempts that may work later
 * @param undelivered alerts that were given up
 * @param unreadable records that are no alerts
 */
public record Counts(
    AtomicLong delivered, AtomicLong failed, AtomicLong undelivered, AtomicLong unreadable) {

  static Counts zero() {
    return new Counts(new AtomicLong(), new AtomicLong(), new AtomicLong(), new AtomicLong());
  }
}
