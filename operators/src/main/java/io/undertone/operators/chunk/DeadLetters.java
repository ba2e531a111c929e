package io.undertone.operators.chunk;

import io.undertone.operators.RecordCoordinates;
import io.undertone.operators.Stage;
import io.undertone.schemas.DeadLetter;
import io.undertone.schemas.DeadLetterReason;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.util.OutputTag;

/** The side outputs of the road, and the letters that they carry. */
public final class DeadLetters {

  /** Records that could not be used: of decode, order and segment. */
  public static final OutputTag<DeadLetter> TAG =
      new OutputTag<>("dead-letters", new AvroTypeInfo<>(DeadLetter.class));

  /** Chunks that came after their place in the call was given up, or after its end: of order. */
  public static final OutputTag<DeadLetter> LATE =
      new OutputTag<>("late", new AvroTypeInfo<>(DeadLetter.class));

  private DeadLetters() {}

  /** A letter with all that every stage knows; neither key nor value nor call are in it yet. */
  public static DeadLetter.Builder letter(
      RecordCoordinates at, Stage stage, DeadLetterReason reason, String message) {
    return DeadLetter.newBuilder()
        .setTopic(at.topic())
        .setPartition(at.partition())
        .setOffset(at.offset())
        .setStage(stage.label())
        .setReason(reason)
        .setMessage(message);
  }
}
