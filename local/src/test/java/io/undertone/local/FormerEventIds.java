package io.undertone.local;

import io.undertone.schemas.EmotionEvent;
import io.undertone.schemas.EventKind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** The ids that events had before schema v3, when they derived from the number of the utterance. */
final class FormerEventIds {
  private static final int ID_BYTES = 16;

  private FormerEventIds() {}

  /** The former id of an event of a job that read the call from its start. */
  static String of(EmotionEvent event) {
    boolean utterance = event.getKind() == EventKind.UTTERANCE;
    String name =
        String.join(
            "\0",
            event.getTenant(),
            event.getConversationId(),
            Integer.toString(utterance ? event.getChannel() : -1),
            Integer.toString(utterance ? event.getUtteranceIndex() : -1),
            event.getKind().name());
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(Arrays.copyOf(digest, ID_BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
