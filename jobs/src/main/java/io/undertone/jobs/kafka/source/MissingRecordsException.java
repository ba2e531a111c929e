package io.undertone.jobs.kafka.source;

/** Records are gone that the job has not read. The message says where, and how many. */
public final class MissingRecordsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MissingRecordsException(String message) {
    super(message);
  }
}
