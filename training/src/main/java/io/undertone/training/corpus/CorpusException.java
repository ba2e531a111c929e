package io.undertone.training.corpus;

/** Labelled recordings are not as they must be; the message names file and value. */
public final class CorpusException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public CorpusException(String message) {
    super(message);
  }

  public CorpusException(String message, Throwable cause) {
    super(message, cause);
  }
}
