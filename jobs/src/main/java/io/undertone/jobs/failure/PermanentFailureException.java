package io.undertone.jobs.failure;

import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/**
 * Ends the job: Flink does not restart if an exception with this annotation is among the causes.
 */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public final class PermanentFailureException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PermanentFailureException(PermanentFailure kind, Throwable cause) {
    super(kind.explanation() + ", which no restart can mend", cause);
  }
}
