package io.undertone.operators.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jaredmdobson.concentus.OpusApplication;
import io.github.jaredmdobson.concentus.OpusEncoder;
import io.github.jaredmdobson.concentus.OpusException;
import io.undertone.operators.CallEnd;
import io.undertone.operators.chunk.Chunk;
import io.undertone.operators.chunk.OrderedChunk;
import io.undertone.operators.testing.Backend;
import io.undertone.operators.testing.KeyedStage;
import io.undertone.operators.testing.StageDefinition;
import io.undertone.operators.testing.Stages;
import io.undertone.operators.testing.TestCall;
import io.undertone.operators.utterance.SpokenUtterance;
import io.undertone.schemas.AudioCodec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.types.Either;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A restore in the middle of an Opus stream, with the state of decoder and resampler. */
class OpusRestoreTest {
  private static final int RATE_HZ = 16_000;
  private static final int FRAME_SAMPLES = RATE_HZ / 1000 * TestCall.CHUNK_MS;

  private final TestCall call = TestCall.ofSeconds("call-1", 4);

  @ParameterizedTest
  @EnumSource(Backend.class)
  void aRestoreDoesNotChangeTheUtterances(Backend backend) throws Exception {
    List<Chunk> chunks = opusChunks();
    StageDefinition<Either<OrderedChunk, CallEnd>, Either<SpokenUtterance, CallEnd>> definition =
        Stages.segment(SegmentOptions.defaults());
    List<Either<SpokenUtterance, CallEnd>> uninterrupted;
    try (var stage = KeyedStage.open(definition, backend)) {
      uninterrupted = segment(stage, chunks);
    }
    assertThat(uninterrupted).hasSize(2);

    // In the first tone, in the silence after it, and in the second tone.
    for (int cut : new int[] {13, 60, 120}) {
      List<Either<SpokenUtterance, CallEnd>> restored = new ArrayList<>();
      try (var before = KeyedStage.open(definition, backend)) {
        restored.addAll(segment(before, chunks.subList(0, cut)));
        try (var after = KeyedStage.open(definition, backend, 2, before.snapshot(), 0)) {
          restored.addAll(segment(after, chunks.subList(cut, chunks.size())));
        }
      }
      assertThat(restored).usingRecursiveComparison().isEqualTo(uninterrupted);
    }
  }

  private static List<Either<SpokenUtterance, CallEnd>> segment(
      KeyedStage<Either<OrderedChunk, CallEnd>, Either<SpokenUtterance, CallEnd>> stage,
      List<Chunk> chunks)
      throws Exception {
    for (Chunk chunk : chunks) {
      stage.process(Either.Left(new OrderedChunk(chunk, 0, Map.of())));
    }
    return stage.drain();
  }

  /** Alternates a second of tone and a second of silence. */
  private List<Chunk> opusChunks() throws OpusException {
    OpusEncoder encoder = new OpusEncoder(RATE_HZ, 1, OpusApplication.OPUS_APPLICATION_VOIP);
    List<Chunk> chunks = new ArrayList<>();
    for (long index = 0; index < call.chunks(); index++) {
      short[] samples = new short[FRAME_SAMPLES];
      boolean tone = index * TestCall.CHUNK_MS / 1000 % 2 == 0;
      for (int i = 0; tone && i < samples.length; i++) {
        double time = (double) (index * FRAME_SAMPLES + i) / RATE_HZ;
        samples[i] = (short) (9000 * Math.sin(2 * Math.PI * 220 * time));
      }
      byte[] packet = new byte[1275];
      int bytes = encoder.encode(samples, 0, FRAME_SAMPLES, packet, 0, packet.length);
      ByteBuffer payload = ByteBuffer.allocate(2 + bytes).putShort((short) bytes);
      payload.put(packet, 0, bytes).flip();
      chunks.add(
          call.chunk(
              call.audio(index)
                  .setCodec(AudioCodec.OPUS)
                  .setSampleRateHz(RATE_HZ)
                  .setPayload(payload)));
    }
    return chunks;
  }
}
