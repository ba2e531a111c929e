package io.undertone.operators.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.operators.RecordCoordinates;
import io.undertone.operators.Stage;
import io.undertone.operators.testing.TestCall;
import io.undertone.schemas.CutField;
import io.undertone.schemas.DeadLetter;
import io.undertone.schemas.DeadLetterReason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LetterBuilderTest {
  private static final int MEGABYTE = 1_000_000;

  /** Three bytes in UTF-8, the most that a character of a Java string takes. */
  private static final String LONGEST_CHARACTER = "\uFFFD";

  @Test
  void keepsALetterOfOrdinaryLengthAsItIs() {
    TestCall call = TestCall.ofSeconds("call-1", 1);

    DeadLetter letter =
        ChunkLetters.of(call.chunk(3), Stage.ORDER, DeadLetterReason.LATE, "too late", Set.of());

    assertThat(letter.getMessage()).isEqualTo("too late");
    assertThat(letter.getTenant()).isEqualTo("acme");
    assertThat(letter.getConversationId()).isEqualTo("call-1");
    assertThat(letter.getKey()).isEqualTo(ByteBuffer.wrap(call.key()));
    assertThat(letter.getValue())
        .isEqualTo(ByteBuffer.wrap(TestCall.encoded(call.audio(3).build())));
    assertThat(letter.getCut()).isEmpty();
  }

  @Test
  void keepsTheLongestKeyOfAValidChunk() {
    String longestName = LONGEST_CHARACTER.repeat(LetterBuilder.MAX_NAME_CHARACTERS);
    TestCall call = new TestCall(longestName, longestName, 0, 1);

    DeadLetter letter =
        ChunkLetters.of(call.chunk(0), Stage.ORDER, DeadLetterReason.LATE, "too late", Set.of());

    assertThat(letter.getKey()).isEqualTo(ByteBuffer.wrap(call.key()));
    assertThat(letter.getCut()).isEmpty();
  }

  @Test
  void cutsEveryFieldAndNotesItsLength() throws IOException {
    DeadLetter letter = letterOfMegabytes();

    assertThat(letter.getMessage()).hasSize(LetterBuilder.MAX_MESSAGE_CHARACTERS);
    assertThat(letter.getTenant()).hasSize(LetterBuilder.MAX_NAME_CHARACTERS);
    assertThat(letter.getConversationId()).hasSize(LetterBuilder.MAX_NAME_CHARACTERS);
    assertThat(letter.getKey().remaining()).isEqualTo(LetterBuilder.MAX_KEY_BYTES);
    assertThat(letter.getValue()).isNull();
    assertThat(letter.getCut())
        .containsExactly(
            new CutField("message", (long) MEGABYTE),
            new CutField("tenant", (long) MEGABYTE),
            new CutField("conversationId", (long) MEGABYTE),
            new CutField("key", (long) MEGABYTE),
            new CutField("value", (long) MEGABYTE));
    assertThat(DeadLetter.getEncoder().encode(letter).remaining())
        .isLessThan(LetterBuilder.MAX_LETTER_BYTES);
  }

  @Test
  void theLargestLetterWithAllFieldsIsBounded() throws IOException {
    DeadLetter letter = letterOfMegabytes();
    letter.setValue(ByteBuffer.allocate(LetterBuilder.MAX_VALUE_BYTES));

    assertThat(DeadLetter.getEncoder().encode(letter).remaining() + LetterBuilder.MAX_KEY_BYTES)
        .isLessThan(LetterBuilder.MAX_LETTER_BYTES);
  }

  @Test
  void neverSplitsACharacterOfTwoUnits() {
    String text = "x".repeat(LetterBuilder.MAX_MESSAGE_CHARACTERS - 1) + "\uD83D\uDE00 and more";

    assertThat(letter(text).build().getMessage())
        .isEqualTo("x".repeat(LetterBuilder.MAX_MESSAGE_CHARACTERS - 1));
  }

  private static DeadLetter letterOfMegabytes() {
    String text = LONGEST_CHARACTER.repeat(MEGABYTE);
    return letter(text)
        .setTenant(text)
        .setConversationId(text)
        .setKey(ByteBuffer.allocate(MEGABYTE))
        .setValue(ByteBuffer.allocate(MEGABYTE))
        .build();
  }

  private static LetterBuilder letter(String message) {
    return DeadLetters.letter(
        new RecordCoordinates("audio", 0, 7), Stage.SEGMENT, DeadLetterReason.INVALID, message);
  }
}
