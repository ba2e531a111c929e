package io.undertone.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The seed of a call's memories, derived from the call's name alone. */
public final class ConversationSeed {

  private ConversationSeed() {}

  /** The first 8 bytes of SHA-256 over tenant, a zero byte and conversation. */
  public static long of(String tenant, String conversationId) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(tenant.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
      digest.update(conversationId.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(digest.digest()).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
