package io.undertone.operators.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.audio.Pcm;
import io.undertone.audio.segment.ChannelSegmenter;
import io.undertone.audio.segment.SegmenterState;
import io.undertone.operators.CallEnd;
import io.undertone.operators.chunk.OrderedChunk;
import io.undertone.operators.testing.Backend;
import io.undertone.operators.testing.KeyedStage;
import io.undertone.operators.testing.LoudnessDetector;
import io.undertone.operators.testing.Serialization;
import io.undertone.operators.testing.Stages;
import io.undertone.operators.testing.TestCall;
import io.undertone.operators.utterance.SpokenUtterance;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.flink.types.Either;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The job gives the model the samples that the segmenter alone gives the commands. */
class SegmentedAudioTest {
  private static final int SECONDS = 4;

  private final TestCall call = TestCall.ofSeconds("call-1", SECONDS);

  @ParameterizedTest
  @ValueSource(ints = {8000, 44_100, 48_000})
  void utterancesKeepEveryBitOfTheSegmentersAudio(int rateHz) throws Exception {
    short[] samples = tones(rateHz);

    assertThat(ofTheJob(samples, rateHz))
        .hasSize(SECONDS / 2)
        .usingRecursiveComparison()
        .isEqualTo(ofTheSegmenter(samples, rateHz));
  }

  private static List<float[]> ofTheSegmenter(short[] samples, int rateHz) {
    return new ChannelSegmenter(
            SegmentOptions.defaults().segmenter(),
            new LoudnessDetector(),
            SegmenterState.startingAt(0))
        .accept(Pcm.ofInt16(samples, rateHz)).stream()
            .map(utterance -> utterance.pcm().samples())
            .toList();
  }

  private List<float[]> ofTheJob(short[] samples, int rateHz) throws Exception {
    List<float[]> audio = new ArrayList<>();
    try (var stage = KeyedStage.open(Stages.segment(SegmentOptions.defaults()), Backend.HASH_MAP)) {
      for (int index = 0; index < call.chunks(); index++) {
        int from = (int) ((long) index * samples.length / call.chunks());
        int to = (int) ((index + 1L) * samples.length / call.chunks());
        stage.process(
            Either.Left(
                new OrderedChunk(
                    call.chunk(
                        call.audio(index)
                            .setSampleRateHz(rateHz)
                            .setPayload(bytes(Arrays.copyOfRange(samples, from, to)))),
                    0,
                    Map.of())));
      }
      for (Either<SpokenUtterance, CallEnd> step : stage.drain()) {
        var sent = Serialization.roundTrip(Serialization.serializer(Stages.SPOKEN), step);
        audio.add(sent.left().pcm().samples());
      }
    }
    return audio;
  }

  private static ByteBuffer bytes(short[] samples) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Short.BYTES * samples.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asShortBuffer().put(samples);
    return bytes;
  }

  /** Alternates a second of tone and a second of silence. */
  private static short[] tones(int rateHz) {
    short[] samples = new short[SECONDS * rateHz];
    for (int i = 0; i < samples.length; i++) {
      boolean tone = i / rateHz % 2 == 0;
      samples[i] = tone ? (short) (9000 * Math.sin(2 * Math.PI * 220 * i / rateHz)) : 0;
    }
    return samples;
  }
}
