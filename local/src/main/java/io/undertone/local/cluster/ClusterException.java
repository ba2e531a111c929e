package io.undertone.local.cluster;

/** A cluster does not do what it was asked to. The message is one line. */
public final class ClusterException extends Exception {

  private static final long serialVersionUID = 1L;

  public ClusterException(String message) {
    super(message);
  }

  public ClusterException(String message, Throwable cause) {
    super(message, cause);
  }
}
