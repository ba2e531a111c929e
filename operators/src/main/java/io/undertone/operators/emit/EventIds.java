package io.undertone.operators.emit;

import io.undertone.operators.Conversation;
import io.undertone.schemas.EventKind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** Event ids. They are the same after every replay, so that readers can drop duplicates. */
final class EventIds {
  private static final int ID_BYTES = 16;

  /** Channel and utterance index of an event of the whole call. */
  private static final int WHOLE_CALL = -1;

  private EventIds() {}

  static String ofUtterance(Conversation conversation, int channel, int utteranceIndex) {
    return hash(conversation, channel, utteranceIndex, EventKind.UTTERANCE);
  }

  static String ofConversation(Conversation conversation) {
    return hash(conversation, WHOLE_CALL, WHOLE_CALL, EventKind.CONVERSATION);
  }

  /** The first 16 bytes, in hexadecimal, of SHA-256 over all parts joined by zero bytes. */
  private static String hash(
      Conversation conversation, int channel, int utteranceIndex, EventKind kind) {
    String name =
        String.join(
            "\0",
            conversation.tenant(),
            conversation.conversationId(),
            Integer.toString(channel),
            Integer.toString(utteranceIndex),
            kind.name());
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(Arrays.copyOf(digest, ID_BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
