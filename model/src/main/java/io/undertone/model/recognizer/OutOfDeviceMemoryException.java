package io.undertone.model.recognizer;

/** A batch does not fit the device's memory. A smaller one may. */
public final class OutOfDeviceMemoryException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public OutOfDeviceMemoryException(RuntimeException cause) {
    super("the device's memory must hold the batch, but does not: " + cause.getMessage(), cause);
  }
}
