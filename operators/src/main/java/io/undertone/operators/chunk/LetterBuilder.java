package io.undertone.operators.chunk;

import io.undertone.operators.RecordCoordinates;
import io.undertone.operators.Stage;
import io.undertone.schemas.CutField;
import io.undertone.schemas.DeadLetter;
import io.undertone.schemas.DeadLetterReason;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds a dead letter of at most {@link #MAX_LETTER_BYTES}, whatever the record contains. A longer
 * letter would exceed Kafka's largest request: its record would then fail the job again and again.
 */
public final class LetterBuilder {
  /** No letter is larger, with its Kafka key and all overhead. */
  public static final int MAX_LETTER_BYTES = 544 * 1024;

  static final int MAX_MESSAGE_CHARACTERS = 2000;

  /** Of a tenant and of a conversation id: the names of valid chunks are no longer. */
  static final int MAX_NAME_CHARACTERS = 256;

  /** The keys of valid chunks are shorter. */
  static final int MAX_KEY_BYTES = 2048;

  /** Twice the largest payload of a valid chunk. */
  static final int MAX_VALUE_BYTES = 512 * 1024;

  private final DeadLetter.Builder letter;
  private final List<CutField> cut = new ArrayList<>();

  LetterBuilder(RecordCoordinates at, Stage stage, DeadLetterReason reason, String message) {
    letter =
        DeadLetter.newBuilder()
            .setTopic(at.topic())
            .setPartition(at.partition())
            .setOffset(at.offset())
            .setStage(stage.label())
            .setReason(reason)
            .setMessage(shortened("message", message, MAX_MESSAGE_CHARACTERS));
  }

  public LetterBuilder setTenant(String tenant) {
    letter.setTenant(shortened("tenant", tenant, MAX_NAME_CHARACTERS));
    return this;
  }

  public LetterBuilder setConversationId(String conversationId) {
    letter.setConversationId(shortened("conversationId", conversationId, MAX_NAME_CHARACTERS));
    return this;
  }

  /** The record's key as read. */
  public LetterBuilder setKey(ByteBuffer key) {
    ByteBuffer kept = key.slice();
    if (kept.remaining() > MAX_KEY_BYTES) {
      note("key", kept.remaining());
      kept.limit(MAX_KEY_BYTES);
    }
    letter.setKey(kept);
    return this;
  }

  /** The record's value, ready to be sent again. Without its end it would be useless. */
  public LetterBuilder setValue(ByteBuffer value) {
    if (value.remaining() > MAX_VALUE_BYTES) {
      note("value", value.remaining());
    } else {
      letter.setValue(value);
    }
    return this;
  }

  public DeadLetter build() {
    return letter.setCut(cut).build();
  }

  private String shortened(String field, String text, int mostCharacters) {
    if (text.length() <= mostCharacters) {
      return text;
    }
    note(field, text.length());
    boolean splitsPair = Character.isHighSurrogate(text.charAt(mostCharacters - 1));
    return text.substring(0, splitsPair ? mostCharacters - 1 : mostCharacters);
  }

  private void note(String field, int length) {
    cut.add(new CutField(field, (long) length));
  }
}
