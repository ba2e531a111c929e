package io.undertone.webhooks;

import io.undertone.schemas.Alert;
import io.undertone.schemas.AlertState;
import io.undertone.webhooks.Outcome.Delivered;
import io.undertone.webhooks.Outcome.Failed;
import io.undertone.webhooks.Outcome.Refused;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The alerts of one partition, sent one after the other in their order: what is resolved was sent
 * as firing before. One that fails keeps those behind it waiting, but no other partition. Not safe
 * for threads.
 */
final class Lane {
  private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

  private final WebhookClient client;
  private final UndeliveredTopic undelivered;
  private final RetryPolicy retries;
  private final Counts counts;
  private final int readAhead;
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private @Nullable CompletableFuture<Outcome> attempt;

  /** Whether the call of the alert that is being sent was erased meanwhile. */
  private boolean triedIsErased;

  private int failures;
  private long notBeforeNanos = System.nanoTime();

  /** The offset after the last record that was read. */
  private long nextOffset;

  /** Nothing is sent before what lies before this offset is read: an erasure may be there. */
  private final long sendFrom;

  /**
   * @param readAhead no more alerts should wait
   * @param nextOffset of the first record that will be read
   * @param end the offset behind the last record that the partition has now
   */
  Lane(
      WebhookClient client,
      UndeliveredTopic undelivered,
      RetryPolicy retries,
      Counts counts,
      int readAhead,
      long nextOffset,
      long end) {
    this.client = client;
    this.undelivered = undelivered;
    this.retries = retries;
    this.counts = counts;
    this.readAhead = readAhead;
    this.nextOffset = nextOffset;
    this.sendFrom = end;
  }

  /** Takes an alert. */
  void add(ConsumerRecord<byte[], byte[]> record, Alert alert, Optional<Message> message) {
    message.ifPresent(sent -> waiting.add(new Waiting(record, alert, sent, System.nanoTime())));
    skip(record);
  }

  /** What waits of an erased call is never sent, and what is being sent is not sent again. */
  void forget(Alert erasure) {
    Waiting tried = attempt == null ? null : waiting.peek();
    triedIsErased |= tried != null && tried.isOfCall(erasure);
    waiting.removeIf(one -> one != tried && one.isOfCall(erasure));
  }

  /** Passes over a record that needs no message. */
  void skip(ConsumerRecord<byte[], byte[]> record) {
    nextOffset = record.offset() + 1;
  }

  boolean isFull() {
    return waiting.size() >= readAhead;
  }

  boolean isBusy() {
    return !waiting.isEmpty();
  }

  /** The offset of the first record that has not been sent. */
  long committable() {
    Waiting first = waiting.peek();
    return first == null ? nextOffset : first.record().offset();
  }

  /**
   * Sees what has come of an attempt, and begins the next one if it is due.
   *
   * @param position the offset of the record that is read next
   */
  void advance(long position) {
    Waiting first = waiting.peek();
    if (first == null) {
      return;
    }
    boolean maySend = position >= sendFrom || isFull();
    if (attempt == null && maySend && System.nanoTime() - notBeforeNanos >= 0) {
      attempt = client.send(first.message());
    } else if (attempt != null && attempt.isDone()) {
      finish(first, attempt);
    }
  }

  /** Waits until an attempt in progress has ended, so that it need not be repeated. */
  void awaitAttempt() {
    if (attempt != null) {
      finish(waiting.element(), attempt);
    }
  }

  private void finish(Waiting first, CompletableFuture<Outcome> ended) {
    Outcome outcome = ended.join();
    attempt = null;
    if (outcome instanceof Delivered) {
      deliver(first);
    } else if (triedIsErased) {
      waiting.remove();
    } else if (outcome instanceof Refused refused) {
      failures = 0;
      giveUp(first, refused.reason());
    } else if (outcome instanceof Failed failed) {
      fail(first, failed);
    }
    triedIsErased = false;
  }

  private void deliver(Waiting first) {
    failures = 0;
    if (first.alert().getState() != AlertState.ERASED
        // Alerts of the call may have been given up before; who sends them again reads this too.
        || isWritten(first, "the call was erased")) {
      counts.delivered().incrementAndGet();
      waiting.remove();
    }
  }

  private void fail(Waiting first, Failed failed) {
    if (failures == 0) {
      LOG.warn("the webhook does not take {}: {}", first.message().id(), failed.reason());
    }
    failures++;
    counts.failed().incrementAndGet();
    long triedNanos = System.nanoTime() - first.readNanos();
    if (triedNanos >= retries.giveUpAfter().toNanos()) {
      giveUp(first, "tried for %s: %s".formatted(retries.giveUpAfter(), failed.reason()));
    } else {
      rest(failed.notBefore().orElse(retries.pause(failures, ThreadLocalRandom.current())));
    }
  }

  private void giveUp(Waiting first, String reason) {
    if (isWritten(first, reason)) {
      LOG.warn("gave up {}: {}", first.message().id(), reason);
      counts.undelivered().incrementAndGet();
      waiting.remove();
    }
  }

  /** Writes to the undelivered topic. If that fails, the alert stays the first one. */
  private boolean isWritten(Waiting first, String reason) {
    try {
      undelivered.write(first.record(), reason);
      return true;
    } catch (IOException e) {
      LOG.warn("{}", e.getMessage());
      failures++;
      rest(retries.pause(failures, ThreadLocalRandom.current()));
      return false;
    }
  }

  private void rest(Duration pause) {
    notBeforeNanos = System.nanoTime() + pause.toNanos();
  }
}
