package io.undertone.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.audio.Pcm16;
import io.undertone.audio.prosody.Prosody;
import io.undertone.operators.chunk.Chunk;
import io.undertone.operators.chunk.OrderedChunk;
import io.undertone.operators.chunk.PartitionTime;
import io.undertone.operators.chunk.TimedChunk;
import io.undertone.operators.decode.IncomingRecord;
import io.undertone.operators.emit.CallDocument;
import io.undertone.operators.testing.Serialization;
import io.undertone.operators.testing.Stages;
import io.undertone.operators.testing.TestCall;
import io.undertone.operators.utterance.RecognizedUtterance;
import io.undertone.operators.utterance.SpokenUtterance;
import io.undertone.operators.utterance.UtteranceSpan;
import io.undertone.schemas.EndReason;
import io.undertone.schemas.Role;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.types.Either;
import org.apache.flink.types.PojoTestUtils;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TypesTest {

  @ParameterizedTest
  @ValueSource(
      classes = {
        IncomingRecord.class,
        Chunk.class,
        TimedChunk.class,
        PartitionTime.class,
        OrderedChunk.class,
        SpokenUtterance.class,
        RecognizedUtterance.class,
        CallEnd.class,
        RuleChange.class,
        CallDocument.class
      })
  void streamTypesAreSerializedWithoutKryo(Class<?> type) {
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(type);
  }

  @Test
  void aRecordWithoutKeyAndValueIsSerializable() {
    TypeSerializer<IncomingRecord> serializer =
        Serialization.serializer(TypeInformation.of(IncomingRecord.class));
    IncomingRecord empty = new IncomingRecord("audio", 3, 7, null, null, 1);

    assertThat(Serialization.roundTrip(serializer, empty)).isEqualTo(empty);
  }

  @Test
  void aChunkIsSerializable() {
    Chunk chunk = TestCall.ofSeconds("call", 1).chunk(7);

    assertThat(Serialization.roundTrip(Serialization.serializer(Stages.CHUNK), chunk))
        .isEqualTo(chunk);
  }

  static Stream<@Nullable RecordRange> records() {
    return Stream.of(
        null,
        new RecordRange(
            new RecordCoordinates("audio", 1, 2), new RecordCoordinates("audio", 3, 4)));
  }

  @ParameterizedTest
  @MethodSource("records")
  void anUtteranceKeepsItsRecordsAndEverySampleOfItsAudio(@Nullable RecordRange records) {
    Pcm16 audio = new Pcm16(new short[] {0, 1, -1, 258, Short.MIN_VALUE, Short.MAX_VALUE}, 16_000);
    UtteranceSpan span =
        new UtteranceSpan(
            new Conversation("acme", "call"), 1, Role.AGENT, 2, 3, 4, 5, 6, 7, Map.of());

    SpokenUtterance arrived =
        Serialization.roundTrip(
                Serialization.serializer(Stages.SPOKEN),
                Either.<SpokenUtterance, CallEnd>Left(SpokenUtterance.of(span, records, 8, audio)))
            .left();

    assertThat(arrived.span()).isEqualTo(span);
    assertThat(arrived.records()).isEqualTo(records);
    assertThat(arrived.segmentedMs()).isEqualTo(8);
    assertThat(arrived.samples()).hasSize(2 * audio.samples().length);
    assertThat(arrived.prosody()).isEqualTo(Prosody.of(audio));
    assertThat(arrived.pcm().sampleRateHz()).isEqualTo(16_000);
    assertThat(arrived.pcm().samples()).containsExactly(audio.toPcm().samples());
  }

  @Test
  void aCallEndIsSerializable() {
    CallEnd end =
        new CallEnd(
            new Conversation("acme", "call"),
            EndReason.TIMEOUT,
            1,
            2,
            new ChunkCounts(3, 4, 5),
            6,
            7,
            null,
            new ErasureRequest(new RecordCoordinates("control", 8, 9), "anna", "article 17", 10),
            Map.of());

    assertThat(
            Serialization.roundTrip(
                Serialization.serializer(Stages.ORDERED), Either.<OrderedChunk, CallEnd>Right(end)))
        .isEqualTo(Either.Right(end));
  }
}
