package io.undertone.operators.recognize;

import io.undertone.model.recognizer.UnrecognizableUtteranceException;
import io.undertone.operators.Conversation;
import io.undertone.operators.RecordCoordinates;
import io.undertone.operators.RecordRange;
import io.undertone.operators.Stage;
import io.undertone.operators.chunk.DeadLetters;
import io.undertone.operators.utterance.SpokenUtterance;
import io.undertone.operators.utterance.UtteranceSpan;
import io.undertone.schemas.DeadLetter;
import io.undertone.schemas.DeadLetterReason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Dead letters of utterances. They have no audio, but the coordinates of its chunks. */
final class UtteranceLetters {
  private static final RecordCoordinates UNKNOWN = new RecordCoordinates("", -1, -1);

  private UtteranceLetters() {}

  static DeadLetter of(SpokenUtterance utterance, UnrecognizableUtteranceException failure) {
    UtteranceSpan span = utterance.span();
    Conversation conversation = utterance.conversation();
    RecordRange records = utterance.records();
    String message =
        "channel %d from %d ms to %d ms: %s"
            .formatted(
                span.channel(), span.beginOffsetMs(), span.endOffsetMs(), failure.getMessage());
    DeadLetter letter =
        DeadLetters.letter(
                records == null ? UNKNOWN : records.first(),
                Stage.RECOGNIZE,
                DeadLetterReason.UNRECOGNIZABLE,
                message)
            .setTenant(conversation.tenant())
            .setConversationId(conversation.conversationId())
            .setKey(ByteBuffer.wrap(conversation.key().getBytes(StandardCharsets.UTF_8)))
            .build();
    if (records != null) {
      letter.setLastPartition(records.last().partition());
      letter.setLastOffset(records.last().offset());
    }
    return letter;
  }
}
