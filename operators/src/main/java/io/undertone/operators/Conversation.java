package io.undertone.operators;

/**
 * Identifies a call.
 *
 * @param tenant owner of the call; without '/', so that {@link #key} is unique
 * @param conversationId unique within the tenant
 */
public record Conversation(String tenant, String conversationId) {

  /** The stream key, which is the Kafka key too: {@code tenant/conversationId}. */
  public String key() {
    return tenant + '/' + conversationId;
  }

  /** Parses a {@link #key}. */
  public static Conversation ofKey(String key) {
    int slash = key.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("key must be tenant/conversationId, but is '" + key + "'");
    }
    return new Conversation(key.substring(0, slash), key.substring(slash + 1));
  }
}
