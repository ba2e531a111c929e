package io.undertone.operators;

/**
 * One call.
 *
 * @param tenant who owns the call; without '/', so that {@link #key} names one call only
 * @param conversationId unique within the tenant
 */
public record Conversation(String tenant, String conversationId) {

  /** The stream key, which is the Kafka key too: {@code tenant/conversationId}. */
  public String key() {
    return tenant + '/' + conversationId;
  }
}
