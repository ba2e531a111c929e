package io.undertone.jobs.kafka;

/** A broker or a topic is not there; the message names it and says what can be done. */
public final class TopicUnavailableException extends Exception {

  private static final long serialVersionUID = 1L;

  public TopicUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }

  TopicUnavailableException(String message) {
    super(message);
  }
}
