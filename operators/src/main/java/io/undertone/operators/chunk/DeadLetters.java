package io.undertone.operators.chunk;

import io.undertone.operators.RecordCoordinates;
import io.undertone.operators.Stage;
import io.undertone.schemas.DeadLetter;
import io.undertone.schemas.DeadLetterReason;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.util.OutputTag;

/** Side outputs for records that the pipeline does not use. */
public final class DeadLetters {

  /** Unusable records of decode, order and segment, and utterances of recognize. */
  public static final OutputTag<DeadLetter> TAG =
      new OutputTag<>("dead-letters", new AvroTypeInfo<>(DeadLetter.class));

  /** Chunks of the order stage that arrived after they were given up or after the call's end. */
  public static final OutputTag<DeadLetter> LATE =
      new OutputTag<>("late", new AvroTypeInfo<>(DeadLetter.class));

  private DeadLetters() {}

  /** Starts a letter; the caller adds call, key and value where they are known. */
  public static LetterBuilder letter(
      RecordCoordinates at, Stage stage, DeadLetterReason reason, String message) {
    return new LetterBuilder(at, stage, reason, message);
  }
}
