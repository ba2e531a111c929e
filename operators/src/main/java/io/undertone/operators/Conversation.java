package io.undertone.operators;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Identifies a call.
 *
 * @param tenant owner of the call; without '/', so that {@link #key} is unique
 * @param conversationId unique within the tenant
 */
public record Conversation(String tenant, String conversationId) {
  private static final int LOGGED_BYTES = 6;

  /** The stream key, which is the Kafka key too: {@code tenant/conversationId}. */
  public String key() {
    return tenant + '/' + conversationId;
  }

  /** Parses a {@link #key}. */
  public static Conversation ofKey(String key) {
    int slash = key.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException(
          "key must be tenant/conversationId, but has no '/': " + logName(key));
    }
    return new Conversation(key.substring(0, slash), key.substring(slash + 1));
  }

  /**
   * Names a call in logs and traces, where its ids must not be: {@code call-} and the first 12
   * hexadecimal digits of the SHA-256 of its key.
   */
  public static String logName(String key) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      return "call-" + HexFormat.of().formatHex(hash, 0, LOGGED_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The {@link #logName}, so that no message names the call by accident. */
  @Override
  public String toString() {
    return logName(key());
  }
}
