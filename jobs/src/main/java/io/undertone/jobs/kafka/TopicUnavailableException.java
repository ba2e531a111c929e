package io.undertone.jobs.kafka;

/** A broker does not answer, or a topic does not exist. The message names it. */
public final class TopicUnavailableException extends Exception {

  private static final long serialVersionUID = 1L;

  public TopicUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }

  TopicUnavailableException(String message) {
    super(message);
  }
}
