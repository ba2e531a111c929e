package io.undertone.operators.emit;

import io.undertone.operators.Conversation;
import io.undertone.operators.ErasureRequest;
import io.undertone.operators.RecordCoordinates;
import io.undertone.operators.utterance.UtteranceSpan;
import io.undertone.schemas.EndReason;
import io.undertone.schemas.EventKind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Event ids. They derive from positions in the call, so they are the same after every replay, also
 * if the job begins in the middle of the call: readers can drop duplicates. Two utterances of a
 * channel never begin at the same offset.
 */
final class EventIds {
  private static final int ID_BYTES = 16;

  private EventIds() {}

  static String ofUtterance(UtteranceSpan span) {
    return ofUtterance(span.conversation(), span.channel(), span.beginOffsetMs());
  }

  static String ofUtterance(Conversation conversation, int channel, long beginOffsetMs) {
    return hash(conversation, EventKind.UTTERANCE, channel, beginOffsetMs);
  }

  /**
   * The id of the summary of a call.
   *
   * @param beginOffsetMs begin of its first utterance, since the start of the call; -1 without one
   * @param endOffsetMs end of the call, since its start
   */
  static String ofEnd(
      Conversation conversation, long beginOffsetMs, long endOffsetMs, EndReason reason) {
    return hash(conversation, EventKind.CONVERSATION, beginOffsetMs, endOffsetMs, reason);
  }

  /** The id of the event that a call was erased, one for each request. */
  static String ofErasure(Conversation conversation, ErasureRequest request) {
    RecordCoordinates at = request.at();
    return hash(conversation, EventKind.ERASED, at.topic(), at.partition(), at.offset());
  }

  /** The first 16 bytes, in hexadecimal, of SHA-256 over all parts joined by zero bytes. */
  private static String hash(Conversation conversation, EventKind kind, Object... parts) {
    List<String> names = new ArrayList<>();
    names.add(conversation.tenant());
    names.add(conversation.conversationId());
    names.add(kind.name());
    for (Object part : parts) {
      names.add(part.toString());
    }
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(String.join("\0", names).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(Arrays.copyOf(digest, ID_BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
