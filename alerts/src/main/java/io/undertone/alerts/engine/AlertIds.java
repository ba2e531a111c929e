package io.undertone.alerts.engine;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** Ids of alerts. They derive from the call, the rule and the first event of the evidence. */
final class AlertIds {
  private static final int ID_BYTES = 16;

  private AlertIds() {}

  /** The first 16 bytes, in hexadecimal, of SHA-256 over all parts joined by zero bytes. */
  static String of(
      String tenant, String conversationId, String rule, int version, String firstEventId) {
    String joined =
        String.join("\0", tenant, conversationId, rule, Integer.toString(version), firstEventId);
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(joined.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(Arrays.copyOf(digest, ID_BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
