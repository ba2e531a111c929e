package io.undertone.webhooks;

import java.time.Duration;
import java.util.Optional;

/** What came of an attempt. */
sealed interface Outcome {

  /** The service has it. */
  record Delivered() implements Outcome {}

  /**
   * It may work later.
   *
   * @param notBefore how long the service wants to be left alone; empty if it does not say so
   */
  record Failed(String reason, Optional<Duration> notBefore) implements Outcome {}

  /** The service will never take it. */
  record Refused(String reason) implements Outcome {}
}
