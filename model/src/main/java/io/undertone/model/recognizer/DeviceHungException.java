package io.undertone.model.recognizer;

/**
 * A device has not finished its work by the deadline. Its thread cannot be stopped, so the device
 * is lost to this process, for all users of it.
 */
public final class DeviceHungException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  DeviceHungException(String thread, long deadlineMs) {
    super(
        "the device of thread %s must finish a batch within %d ms, but has not; this process cannot"
                .formatted(thread, deadlineMs)
            + " use it again");
  }
}
