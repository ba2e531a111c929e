package io.undertone.operators.decode;

import io.undertone.schemas.ForgetConversation;
import java.util.Optional;

/** Validates a request to erase a call. */
public final class ForgetRules {

  private ForgetRules() {}

  /** The message of the dead letter that a request would become; empty if it is valid. */
  public static Optional<String> violation(ForgetConversation request) {
    try {
      check(request);
      return Optional.empty();
    } catch (InvalidChunkException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  static void check(ForgetConversation request) throws InvalidChunkException {
    NameRules.checkConversation(request.getTenant(), request.getConversationId());
    NameRules.checkName("requestedBy", request.getRequestedBy());
    NameRules.checkName("reason", request.getReason());
    if (request.getRequestTimeMs() < 0) {
      throw InvalidChunkException.invalid(
          "requestTimeMs must be at least 0, but is " + request.getRequestTimeMs());
    }
  }
}
