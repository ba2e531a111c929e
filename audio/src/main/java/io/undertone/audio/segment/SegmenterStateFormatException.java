package io.undertone.audio.segment;

/** Bytes are damaged, or of an unknown format version. */
public final class SegmenterStateFormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SegmenterStateFormatException(String message) {
    super(message);
  }

  SegmenterStateFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
