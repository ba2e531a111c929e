package io.undertone.audio.codec;

/** A payload is not valid audio of its codec. The message names the value and the bound. */
public final class UndecodableAudioException extends Exception {
  private static final long serialVersionUID = 1L;

  UndecodableAudioException(String message) {
    super(message);
  }

  UndecodableAudioException(String message, Throwable cause) {
    super(message, cause);
  }
}
