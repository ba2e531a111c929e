package io.undertone.model.recognizer;

/**
 * The model fails on this utterance, also alone, while it works on others. The memory of its
 * channel has not changed.
 */
public final class UnrecognizableUtteranceException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnrecognizableUtteranceException(RuntimeException cause) {
    super("the model must recognize the utterance, but fails: " + cause, cause);
  }
}
