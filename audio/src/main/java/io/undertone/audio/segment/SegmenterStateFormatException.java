package io.undertone.audio.segment;

/** Bytes that are no segmenter state of a version that this build reads. */
public final class SegmenterStateFormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SegmenterStateFormatException(String message) {
    super(message);
  }

  SegmenterStateFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
