package io.undertone.training.corpus;

/** A manifest, dialogue file or recording is invalid; the message names file and value. */
public final class CorpusException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public CorpusException(String message) {
    super(message);
  }

  public CorpusException(String message, Throwable cause) {
    super(message, cause);
  }
}
