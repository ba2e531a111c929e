package io.undertone.model;

import java.util.List;
import java.util.Optional;

/** A model has failed after it had recognized some utterances of a batch. */
public final class PartlyFailedBatchException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<Optional<Recognition>> recognitions;

  /**
   * @param recognitions one for each request, in their order; empty where the memory has not
   *     changed
   */
  public PartlyFailedBatchException(
      List<Optional<Recognition>> recognitions, RuntimeException cause) {
    super(cause);
    this.recognitions = List.copyOf(recognitions);
  }

  /** What was recognized before the failure. The memories of these requests have learned it. */
  public List<Optional<Recognition>> recognitions() {
    return recognitions;
  }
}
