package io.undertone.operators.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.operators.chunk.Chunk;
import io.undertone.operators.chunk.DeadLetters;
import io.undertone.operators.chunk.PartitionTime;
import io.undertone.operators.chunk.TimedChunk;
import io.undertone.operators.testing.Serialization;
import io.undertone.operators.testing.StageCounters;
import io.undertone.operators.testing.Stages;
import io.undertone.operators.testing.TestCall;
import io.undertone.schemas.AudioChunk;
import io.undertone.schemas.AudioCodec;
import io.undertone.schemas.Consent;
import io.undertone.schemas.DeadLetter;
import io.undertone.schemas.DeadLetterReason;
import io.undertone.schemas.Role;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.types.Either;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DecodeFunctionTest {
  private static final long NOW_MS = TestCall.CALL_BEGIN_MS + 60_000;
  private static final DecodeOptions OPTIONS =
      new DecodeOptions(Set.of(Role.CUSTOMER), 4096, 3_600_000, 300_000);
  private static final int PAYLOAD_BYTES = 320;

  private final TestCall call = TestCall.ofSeconds("call-1", 4);

  /** Output for some records. */
  private record Outcome(
      List<Chunk> chunks, List<DeadLetter> deadLetters, StageCounters counters) {}

  @Test
  void forwardsAValidChunkWithItsCoordinates() throws Exception {
    Outcome outcome = decode(call.record(7));

    assertThat(outcome.chunks()).containsExactly(call.chunk(7));
    assertThat(outcome.deadLetters()).isEmpty();
  }

  @Test
  void aDeadLetterHasTheCoordinatesOfItsRecord() throws Exception {
    byte[] malformed = {1, 2, 3};
    Outcome outcome = decode(new IncomingRecord("audio", 3, 42, new byte[] {9}, malformed, 1));

    assertThat(outcome.chunks()).isEmpty();
    DeadLetter letter = outcome.deadLetters().get(0);
    assertThat(letter.getTopic()).isEqualTo("audio");
    assertThat(letter.getPartition()).isEqualTo(3);
    assertThat(letter.getOffset()).isEqualTo(42);
    assertThat(letter.getStage()).isEqualTo("decode");
    assertThat(letter.getReason()).isEqualTo(DeadLetterReason.MALFORMED);
    assertThat(letter.getKey()).isEqualTo(ByteBuffer.wrap(new byte[] {9}));
    assertThat(letter.getMessage())
        .isEqualTo(
            "value must be in Avro single-object encoding, but its 3 bytes do not start with c301");
  }

  @Test
  void aDeadLetterNeverContainsAudio() throws Exception {
    assertThat(
            decode(call.record(call.audio(1).setSampleRateHz(96_000)))
                .deadLetters()
                .get(0)
                .getValue())
        .isNull();
    assertThat(
            decode(new IncomingRecord("audio", 0, 0, null, new byte[9], 1))
                .deadLetters()
                .get(0)
                .getValue())
        .isNull();
  }

  @Test
  void recordsDoNotAffectEachOther() throws Exception {
    Outcome outcome =
        decode(
            call.record(7),
            new IncomingRecord("audio", 0, 8, null, new byte[] {1, 2, 3}, 1),
            call.record(9));

    assertThat(outcome.chunks()).containsExactly(call.chunk(7), call.chunk(9));
    assertThat(outcome.deadLetters()).hasSize(1);
  }

  @Test
  void rejectsATombstone() throws Exception {
    Outcome outcome = decode(new IncomingRecord("audio", 0, 0, null, null, 1));

    assertThat(outcome.deadLetters())
        .extracting(DeadLetter::getMessage)
        .containsExactly("value must be of type AudioChunk, but is null");
  }

  @Test
  void rejectsEveryTruncatedChunk() throws Exception {
    byte[] whole = TestCall.encoded(call.audio(1).build());
    for (int length = 0; length < whole.length; length += 13) {
      Outcome outcome =
          decode(new IncomingRecord("audio", 0, 0, null, Arrays.copyOf(whole, length), 1));
      assertThat(outcome.deadLetters()).as("%d bytes", length).hasSize(1);
    }
  }

  @Test
  void rejectsAFalseLengthWithoutAllocatingIt() throws Exception {
    byte[] value = TestCall.encoded(call.audio(1).build());
    // The length of the payload, 320 as a varint, becomes 2 GB.
    int at = indexOf(value, new byte[] {(byte) 0x80, 0x05});
    byte[] falseLength = {(byte) 0xee, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f};
    byte[] huge =
        ByteBuffer.allocate(value.length + 3)
            .put(value, 0, at)
            .put(falseLength)
            .put(value, at + 2, value.length - at - 2)
            .array();

    Outcome outcome = decode(new IncomingRecord("audio", 0, 0, null, huge, 1));

    assertThat(outcome.deadLetters())
        .extracting(DeadLetter::getReason)
        .containsExactly(DeadLetterReason.MALFORMED);
  }

  @Test
  void rejectsAnUnknownSchema() throws Exception {
    byte[] value = TestCall.encoded(call.audio(1).build());
    value[2] ^= 1;

    assertThat(
            decode(new IncomingRecord("audio", 0, 0, null, value, 1))
                .deadLetters()
                .get(0)
                .getMessage())
        .startsWith("schema must be a published one of type AudioChunk, but has the fingerprint ");
  }

  static Stream<Arguments> brokenChunks() {
    return Stream.of(
        broken(a -> a.setTenant(" "), "tenant must not be blank, but is ' '"),
        broken(a -> a.setTenant("a/b"), "tenant must not contain '/', but is 'a/b'"),
        broken(a -> a.setTenant("a\0b"), "tenant must not contain control characters"),
        broken(a -> a.setConversationId(""), "conversationId must not be blank, but is ''"),
        broken(
            a -> a.setConversationId("x".repeat(257)),
            "conversationId must have at most 256 characters, but has 257"),
        broken(a -> a.setChannel(-1), "channel must be from 0 to 63, but is -1"),
        broken(
            a -> a.setChannelRoles(Collections.nCopies(65, Role.CUSTOMER)),
            "number of channelRoles must be from 0 to 64, but is 65"),
        broken(a -> a.setStartOffsetMs(-20), "startOffsetMs must be from 0 to 3600000, but is -20"),
        broken(
            a -> a.setStartOffsetMs(3_600_001),
            "startOffsetMs must be from 0 to 3600000, but is 3600001"),
        broken(
            a -> a.setChunkIndex(-1),
            "chunkIndex must be from 0 to 9223372036854775807, but is -1"),
        broken(
            a -> a.setChunkIndex(Long.MAX_VALUE),
            "chunkIndex must be at most 1020 at startOffsetMs 20, but is 9223372036854775807"),
        broken(
            a -> a.setCaptureTimeMs(-1),
            "captureTimeMs must be from 0 to 253402300799999, but is -1"),
        broken(
            a -> a.setCaptureTimeMs(Long.MAX_VALUE),
            "captureTimeMs must be from 0 to 253402300799999, but is 9223372036854775807"),
        broken(
            a -> a.setPayload(ByteBuffer.allocate(0)),
            "payload bytes must be from 1 to 4096, but is 0"),
        broken(
            a -> a.setPayload(ByteBuffer.allocate(4098)),
            "payload bytes must be from 1 to 4096, but is 4098"),
        broken(
            a -> a.setPayload(ByteBuffer.allocate(3)),
            "a PCM_S16LE payload must have an even number of bytes, but has 3"),
        broken(
            a -> a.setSampleRateHz(96_000),
            "sampleRateHz must be a multiple of 25 from 8000 to 48000, but is 96000"),
        broken(
            a -> a.setCodec(AudioCodec.UNSUPPORTED),
            "codec must be PCM_S16LE, PCMU, PCMA or OPUS, but is UNSUPPORTED"),
        broken(a -> a.setAttributes(attributes(33)), "attributes must be at most 32, but are 33"),
        broken(
            a -> a.setAttributes(Map.of(" ", "x")),
            "keys of attributes must have 1 to 64 characters, not all blank and no control"
                + " characters, but one is ' '"),
        broken(
            a -> a.setAttributes(Map.of("x".repeat(65), "x")),
            "keys of attributes must have 1 to 64 characters, not all blank and no control"
                + " characters, but one is '"
                + "x".repeat(65)
                + "'"),
        broken(
            a -> a.setAttributes(Map.of("queue", "x".repeat(257))),
            "attribute 'queue' must have a value of at most 256 characters without control"
                + " characters, but it has 257 characters"),
        broken(
            a -> a.setAttributes(Map.of("queue", "a\nb")),
            "attribute 'queue' must have a value of at most 256 characters without control"
                + " characters, but it has 3 characters"));
  }

  private static Map<String, String> attributes(int number) {
    return IntStream.range(0, number)
        .boxed()
        .collect(Collectors.toMap(String::valueOf, String::valueOf));
  }

  @Test
  void acceptsAsManyAttributesAsACallMayHave() throws Exception {
    assertThat(decode(call.record(call.audio(1).setAttributes(attributes(32)))).chunks())
        .hasSize(1);
  }

  private static Arguments broken(UnaryOperator<AudioChunk.Builder> breaking, String message) {
    return Arguments.of(breaking, message);
  }

  @ParameterizedTest
  @MethodSource("brokenChunks")
  void rejectsAnInvalidChunk(UnaryOperator<AudioChunk.Builder> breaking, String message)
      throws Exception {
    Outcome outcome = decode(call.record(breaking.apply(call.audio(1))));

    assertThat(outcome.chunks()).isEmpty();
    assertThat(outcome.deadLetters()).extracting(DeadLetter::getMessage).containsExactly(message);
  }

  @Test
  void theLastChunkMayBeEmpty() throws Exception {
    AudioChunk.Builder empty = call.audio(1).setPayload(ByteBuffer.allocate(0)).setLastChunk(true);

    assertThat(decode(call.record(empty)).chunks()).hasSize(1);
  }

  @Test
  void dropsChunksOfOtherRoles() throws Exception {
    for (Role role : new Role[] {Role.AGENT, Role.UNKNOWN}) {
      Outcome outcome = decode(call.record(call.audio(1).setRole(role).setSampleRateHz(1)));

      assertThat(outcome.chunks()).isEmpty();
      assertThat(outcome.deadLetters()).isEmpty();
      assertThat(outcome.counters().count("droppedChunks")).isEqualTo(1);
      assertThat(outcome.counters().count("deadLetters")).isZero();
    }
  }

  @Test
  void measuresTheAgeOfTheLastRecord() throws Exception {
    Outcome outcome = decode(call.record(0));

    assertThat(outcome.counters().measure("recordAgeMs"))
        .isEqualTo(NOW_MS - TestCall.CALL_BEGIN_MS);
  }

  @Test
  void forwardsOtherRolesIfConfigured() throws Exception {
    DecodeOptions both = OPTIONS.withAnalysedRoles(Set.of(Role.CUSTOMER, Role.AGENT));

    assertThat(decode(both, call.record(call.audio(1).setRole(Role.AGENT))).chunks()).hasSize(1);
  }

  @Test
  void forwardsDeniedConsentFromAnyChannelWithoutAudio() throws Exception {
    AudioChunk.Builder denied =
        call.audio(1).setRole(Role.AGENT).setConsent(Consent.DENIED).setSampleRateHz(1);
    assertThat(denied.getPayload().remaining()).isEqualTo(PAYLOAD_BYTES);

    Outcome outcome = decode(call.record(denied));

    assertThat(outcome.chunks()).hasSize(1);
    assertThat(outcome.chunks().get(0).audio().getPayload().hasRemaining()).isFalse();
    assertThat(outcome.deadLetters()).isEmpty();
  }

  private static int indexOf(byte[] bytes, byte[] wanted) {
    for (int at = 0; at + wanted.length <= bytes.length; at++) {
      if (Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
        return at;
      }
    }
    throw new AssertionError("not found");
  }

  private static Outcome decode(IncomingRecord... records) throws Exception {
    return decode(OPTIONS, records);
  }

  private static Outcome decode(DecodeOptions options, IncomingRecord... records) throws Exception {
    StageCounters counters = new StageCounters();
    try (OneInputStreamOperatorTestHarness<IncomingRecord, Either<TimedChunk, PartitionTime>>
        harness =
            new OneInputStreamOperatorTestHarness<>(
                new ProcessOperator<>(new DecodeFunction(options)),
                counters.environment(1, 1, 0))) {
      harness.setup(Serialization.serializer(Stages.DECODED));
      harness.open();
      harness.setProcessingTime(NOW_MS);
      for (IncomingRecord record : records) {
        harness.processElement(record, 0);
      }
      var letters = harness.getSideOutput(DeadLetters.TAG);
      return new Outcome(
          harness.extractOutputValues().stream()
              .filter(Either::isLeft)
              .map(step -> step.left().chunk())
              .toList(),
          letters == null ? List.of() : letters.stream().map(StreamRecord::getValue).toList(),
          counters);
    }
  }
}
