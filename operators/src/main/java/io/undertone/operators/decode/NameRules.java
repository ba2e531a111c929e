package io.undertone.operators.decode;

import static io.undertone.operators.decode.InvalidChunkException.invalid;

/** Validates names in records. */
final class NameRules {
  private static final int MAX_NAME_LENGTH = 256;

  private NameRules() {}

  /** Checks a call's identity. */
  static void checkConversation(String tenant, String conversationId) throws InvalidChunkException {
    checkName("tenant", tenant);
    checkName("conversationId", conversationId);
    if (tenant.indexOf('/') >= 0) {
      throw invalid("tenant must not contain '/', but is '" + tenant + "'");
    }
  }

  /** Checks a name of at most 256 characters. */
  static void checkName(String field, String name) throws InvalidChunkException {
    if (name.isBlank()) {
      throw invalid(field + " must not be blank, but is '" + name + "'");
    }
    // Ids and seeds are derived from names joined by zero bytes.
    for (int i = 0; i < name.length(); i++) {
      if (Character.isISOControl(name.charAt(i))) {
        throw invalid(field + " must not contain control characters");
      }
    }
    if (name.length() > MAX_NAME_LENGTH) {
      throw invalid(
          "%s must have at most %d characters, but has %d"
              .formatted(field, MAX_NAME_LENGTH, name.length()));
    }
  }
}
