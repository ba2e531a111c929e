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

  /**
   * @param readAhead no more alerts should wait
   * @param nextOffset of the first record that will be read
   */
  Lane(
      WebhookClient client,
      UndeliveredTopic undelivered,
      RetryPolicy retries,
      Counts counts,
      int readAhead,
      long nextOffset) {
    this.client = client;
    this.undelivered = undelivered;
    this.retries = retries;
    this.counts = counts;
    this.readAhead = readAhead;
    this.nextOffset = nextOffset;
  }

  /** Takes an alert. What waits of an erased call is never sent. */
  void add(ConsumerRecord<byte[], byte[]> record, Alert alert, Optional<Message> message) {
    if (alert.getState() == AlertState.ERASED) {
      Waiting tried = attempt == null ? null : waiting.peek();
      triedIsErased |= tried != null && tried.isOfCall(alert);
      waiting.removeIf(one -> one != tried && one.isOfCall(alert));
    }
    message.ifPresent(sent -> waiting.add(new Waiting(record, alert, sent, System.nanoTime())));
    skip(record);
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

  /** Sees what has come of an attempt, and begins the next one if it is due. */
  void advance() {
    Waiting first = waiting.peek();
    if (first == null) {
      return;
    }
    if (attempt == null && System.nanoTime() - notBeforeNanos >= 0) {
      attempt = client.send(first.message());
    } else if (attempt != null && attempt.isDone()) {
      Outcome outcome = attempt.join();
      attempt = null;
      finish(first, outcome);
    }
  }

  /** Waits until an attempt in progress has ended, so that it need not be repeated. */
  void awaitAttempt() {
    if (attempt != null) {
      attempt.join();
      advance();
    }
  }

  private void finish(Waiting first, Outcome outcome) {
    if (outcome instanceof Delivered) {
      counts.delivered().incrementAndGet();
      failures = 0;
      waiting.remove();
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
    try {
      undelivered.write(first.record(), reason);
      LOG.warn("gave up {}: {}", first.message().id(), reason);
      counts.undelivered().incrementAndGet();
      waiting.remove();
    } catch (IOException e) {
      // It stays the first one, and is tried again: nothing is lost.
      LOG.warn("{}", e.getMessage());
      failures++;
      rest(retries.pause(failures, ThreadLocalRandom.current()));
    }
  }

  private void rest(Duration pause) {
    notBeforeNanos = System.nanoTime() + pause.toNanos();
  }
}
