package io.undertone.audio.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.audio.Clips;
import io.undertone.audio.Pcm;
import io.undertone.audio.Utterance;
import io.undertone.audio.codec.ChunkDecoder;
import io.undertone.audio.codec.Codec;
import io.undertone.audio.codec.OpusStream;
import io.undertone.audio.codec.UndecodableAudioException;
import io.undertone.audio.vad.SileroVad;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Neither how the audio is cut nor a restore between two chunks changes a bit of the utterances.
 */
class ChunkingAndRestoreTest {
  /** Short utterances, so that cuts are within the clip too. */
  private static final SegmenterConfig CONFIG =
      new SegmenterConfig(0.5, 0.35, 400, 64, 200, 3_000, 1_000);

  private static SileroVad vad;

  @BeforeAll
  static void openDetector() {
    vad = SileroVad.open();
  }

  @AfterAll
  static void closeDetector() {
    vad.close();
  }

  /** An utterance that compares by content. */
  private record Heard(int index, long beginMs, long endMs, long missingMs, List<Float> samples) {
    static Heard of(Utterance utterance) {
      List<Float> samples = new ArrayList<>();
      for (float sample : utterance.pcm().samples()) {
        samples.add(sample);
      }
      return new Heard(
          utterance.index(),
          utterance.beginOffsetMs(),
          utterance.endOffsetMs(),
          utterance.missingAudioMs(),
          samples);
    }
  }

  /** What is heard, with something done to the state between two chunks. */
  private static List<Heard> hear(List<Pcm> chunks, UnaryOperator<SegmenterState> between) {
    SegmenterState state = SegmenterState.startingAt(120);
    List<Utterance> utterances = new ArrayList<>();
    for (Pcm chunk : chunks) {
      utterances.addAll(new ChannelSegmenter(CONFIG, vad, state).accept(chunk));
      state = between.apply(state);
    }
    utterances.addAll(new ChannelSegmenter(CONFIG, vad, state).finish());
    return utterances.stream().map(Heard::of).toList();
  }

  private static SegmenterState restored(SegmenterState state) {
    return SegmenterState.fromBytes(state.toBytes());
  }

  private static List<Pcm> chunks(Pcm clip, int chunkSamples) {
    List<Pcm> chunks = new ArrayList<>();
    int end = clip.samples().length;
    for (int from = 0; from < end; from += chunkSamples) {
      chunks.add(Clips.slice(clip, from, Math.min(end, from + chunkSamples)));
    }
    return chunks;
  }

  private static List<Pcm> randomChunks(Pcm clip, Random random) {
    List<Pcm> chunks = new ArrayList<>();
    int end = clip.samples().length;
    for (int from = 0; from < end; ) {
      int to = Math.min(end, from + random.nextInt(clip.sampleRateHz() / 5));
      chunks.add(Clips.slice(clip, from, to));
      from = to;
    }
    return chunks;
  }

  @ParameterizedTest
  @ValueSource(ints = {8000, 11_025, 44_100, 48_000})
  void chunksOfAnySizeGiveTheSameUtterances(int rateHz) {
    Pcm clip = Clips.threeSentences(rateHz);
    List<Heard> whole = hear(List.of(clip), state -> state);

    assertThat(whole).hasSizeGreaterThan(3);
    for (int chunkSamples : new int[] {97, rateHz / 50, rateHz}) {
      assertThat(hear(chunks(clip, chunkSamples), state -> state))
          .as("chunks of %s samples", chunkSamples)
          .isEqualTo(whole);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {8000, 11_025, 44_100, 48_000})
  void aRestoreAfterAnyChunkGivesTheSameUtterances(int rateHz) {
    Pcm clip = Clips.threeSentences(rateHz);
    List<Heard> whole = hear(List.of(clip), state -> state);

    assertThat(hear(chunks(clip, rateHz / 50), ChunkingAndRestoreTest::restored)).isEqualTo(whole);
    for (int seed = 0; seed < 2; seed++) {
      List<Pcm> random = randomChunks(clip, new Random(seed));
      assertThat(hear(random, ChunkingAndRestoreTest::restored))
          .as("seed %s", seed)
          .isEqualTo(whole);
    }
  }

  @Test
  void aChangeOfRateWithinACallSurvivesRestores() {
    List<Pcm> chunks = new ArrayList<>(chunks(Clips.threeSentences(44_100), 4410).subList(0, 55));
    chunks.addAll(chunks(Clips.threeSentences(16_000), 1600).subList(55, 80));
    chunks.addAll(chunks(Clips.threeSentences(8000), 800).subList(80, 115));

    List<Heard> undisturbed = hear(chunks, state -> state);

    assertThat(undisturbed).hasSizeGreaterThan(3);
    assertThat(hear(chunks, ChunkingAndRestoreTest::restored)).isEqualTo(undisturbed);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5})
  void opusSurvivesRestoresToo(int packetsAPayload) throws UndecodableAudioException {
    List<byte[]> payloads =
        OpusStream.payloads(Clips.threeSentences(16_000), 24_000, packetsAPayload);
    List<Pcm> chunks = new ArrayList<>();
    byte @Nullable [] history = null;
    for (byte[] payload : payloads) {
      chunks.add(ChunkDecoder.decode(Codec.OPUS, 16_000, payload, history).toPcm());
      history = ChunkDecoder.history(Codec.OPUS, payload, history).clone();
    }

    List<Heard> undisturbed = hear(List.of(Clips.joined(chunks)), state -> state);

    assertThat(undisturbed).hasSizeGreaterThan(3);
    assertThat(hear(chunks, ChunkingAndRestoreTest::restored)).isEqualTo(undisturbed);
  }

  @Test
  void gapsSurviveRestores() {
    List<Pcm> chunks = chunks(Clips.threeSentences(44_100), 882);

    List<Heard> undisturbed = hearWithGaps(chunks, state -> state);

    assertThat(undisturbed).anySatisfy(heard -> assertThat(heard.missingMs()).isPositive());
    assertThat(hearWithGaps(chunks, ChunkingAndRestoreTest::restored)).isEqualTo(undisturbed);
  }

  private static List<Heard> hearWithGaps(List<Pcm> chunks, UnaryOperator<SegmenterState> between) {
    SegmenterState state = SegmenterState.startingAt(0);
    List<Utterance> utterances = new ArrayList<>();
    for (int i = 0; i < chunks.size(); i++) {
      ChannelSegmenter segmenter = new ChannelSegmenter(CONFIG, vad, state);
      utterances.addAll(i % 10 == 9 ? segmenter.missing(20) : segmenter.accept(chunks.get(i)));
      state = between.apply(state);
    }
    utterances.addAll(new ChannelSegmenter(CONFIG, vad, state).finish());
    return utterances.stream().map(Heard::of).toList();
  }

  @Test
  void channelsThatTakeTurnsHearWhatTheyHearAlone() {
    List<Pcm> speech = chunks(Clips.threeSentences(8000), 160);
    List<Pcm> later = chunks(Clips.slice(Clips.threeSentences(8000), 16_000, 92_000), 160);
    SegmenterState one = SegmenterState.startingAt(0);
    SegmenterState two = SegmenterState.startingAt(0);
    List<Utterance> first = new ArrayList<>();
    List<Utterance> second = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      first.addAll(new ChannelSegmenter(CONFIG, vad, one).accept(speech.get(i)));
      second.addAll(new ChannelSegmenter(CONFIG, vad, two).accept(later.get(i)));
    }

    assertThat(first.stream().map(Heard::of).toList()).isEqualTo(alone(speech.subList(0, 400)));
    assertThat(second.stream().map(Heard::of).toList()).isEqualTo(alone(later.subList(0, 400)));
  }

  private static List<Heard> alone(List<Pcm> chunks) {
    SegmenterState state = SegmenterState.startingAt(0);
    List<Heard> heard = new ArrayList<>();
    for (Pcm chunk : chunks) {
      new ChannelSegmenter(CONFIG, vad, state)
          .accept(chunk).stream().map(Heard::of).forEach(heard::add);
    }
    return heard;
  }
}
