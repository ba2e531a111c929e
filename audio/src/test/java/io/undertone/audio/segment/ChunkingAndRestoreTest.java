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

/** Neither chunk boundaries nor a restore between two chunks change a bit of the utterances. */
class ChunkingAndRestoreTest {
  /** Short utterances, so that the clip has cuts as well. */
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

  /** An utterance with value equality. */
  private record Segmented(
      int index, long beginMs, long endMs, long missingMs, List<Float> samples) {
    static Segmented of(Utterance utterance) {
      List<Float> samples = new ArrayList<>();
      for (float sample : utterance.pcm().samples()) {
        samples.add(sample);
      }
      return new Segmented(
          utterance.index(),
          utterance.beginOffsetMs(),
          utterance.endOffsetMs(),
          utterance.missingAudioMs(),
          samples);
    }
  }

  /** Segments chunks; replaces the state after each by a function of it. */
  private static List<Segmented> segment(List<Pcm> chunks, UnaryOperator<SegmenterState> between) {
    SegmenterState state = SegmenterState.startingAt(120);
    List<Utterance> utterances = new ArrayList<>();
    for (Pcm chunk : chunks) {
      utterances.addAll(new ChannelSegmenter(CONFIG, vad, state).accept(chunk));
      state = between.apply(state);
    }
    utterances.addAll(new ChannelSegmenter(CONFIG, vad, state).finish());
    return utterances.stream().map(Segmented::of).toList();
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
    List<Segmented> whole = segment(List.of(clip), state -> state);

    assertThat(whole).hasSizeGreaterThan(3);
    for (int chunkSamples : new int[] {97, rateHz / 50, rateHz}) {
      assertThat(segment(chunks(clip, chunkSamples), state -> state))
          .as("chunks of %s samples", chunkSamples)
          .isEqualTo(whole);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {8000, 11_025, 44_100, 48_000})
  void aRestoreAfterAnyChunkGivesTheSameUtterances(int rateHz) {
    Pcm clip = Clips.threeSentences(rateHz);
    List<Segmented> whole = segment(List.of(clip), state -> state);

    assertThat(segment(chunks(clip, rateHz / 50), ChunkingAndRestoreTest::restored))
        .isEqualTo(whole);
    for (int seed = 0; seed < 2; seed++) {
      List<Pcm> random = randomChunks(clip, new Random(seed));
      assertThat(segment(random, ChunkingAndRestoreTest::restored))
          .as("seed %s", seed)
          .isEqualTo(whole);
    }
  }

  @Test
  void restoresAcrossAChangeOfRateGiveTheSameUtterances() {
    List<Pcm> chunks = new ArrayList<>(chunks(Clips.threeSentences(44_100), 4410).subList(0, 55));
    chunks.addAll(chunks(Clips.threeSentences(16_000), 1600).subList(55, 80));
    chunks.addAll(chunks(Clips.threeSentences(8000), 800).subList(80, 115));

    List<Segmented> uninterrupted = segment(chunks, state -> state);

    assertThat(uninterrupted).hasSizeGreaterThan(3);
    assertThat(segment(chunks, ChunkingAndRestoreTest::restored)).isEqualTo(uninterrupted);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5})
  void restoresWithinOpusGiveTheSameUtterances(int packetsPerPayload)
      throws UndecodableAudioException {
    List<byte[]> payloads =
        OpusStream.payloads(Clips.threeSentences(16_000), 24_000, packetsPerPayload);
    List<Pcm> chunks = new ArrayList<>();
    byte @Nullable [] history = null;
    for (byte[] payload : payloads) {
      chunks.add(ChunkDecoder.decode(Codec.OPUS, 16_000, payload, history).toPcm());
      history = ChunkDecoder.history(Codec.OPUS, payload, history).clone();
    }

    List<Segmented> uninterrupted = segment(List.of(Clips.joined(chunks)), state -> state);

    assertThat(uninterrupted).hasSizeGreaterThan(3);
    assertThat(segment(chunks, ChunkingAndRestoreTest::restored)).isEqualTo(uninterrupted);
  }

  @Test
  void restoresWithGapsGiveTheSameUtterances() {
    List<Pcm> chunks = chunks(Clips.threeSentences(44_100), 882);

    List<Segmented> uninterrupted = segmentWithGaps(chunks, state -> state);

    assertThat(uninterrupted)
        .anySatisfy(segmented -> assertThat(segmented.missingMs()).isPositive());
    assertThat(segmentWithGaps(chunks, ChunkingAndRestoreTest::restored)).isEqualTo(uninterrupted);
  }

  private static List<Segmented> segmentWithGaps(
      List<Pcm> chunks, UnaryOperator<SegmenterState> between) {
    SegmenterState state = SegmenterState.startingAt(0);
    List<Utterance> utterances = new ArrayList<>();
    for (int i = 0; i < chunks.size(); i++) {
      ChannelSegmenter segmenter = new ChannelSegmenter(CONFIG, vad, state);
      utterances.addAll(i % 10 == 9 ? segmenter.missing(20) : segmenter.accept(chunks.get(i)));
      state = between.apply(state);
    }
    utterances.addAll(new ChannelSegmenter(CONFIG, vad, state).finish());
    return utterances.stream().map(Segmented::of).toList();
  }

  @Test
  void interleavedChannelsDoNotAffectEachOther() {
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

    assertThat(first.stream().map(Segmented::of).toList()).isEqualTo(alone(speech.subList(0, 400)));
    assertThat(second.stream().map(Segmented::of).toList()).isEqualTo(alone(later.subList(0, 400)));
  }

  private static List<Segmented> alone(List<Pcm> chunks) {
    SegmenterState state = SegmenterState.startingAt(0);
    List<Segmented> segmented = new ArrayList<>();
    for (Pcm chunk : chunks) {
      new ChannelSegmenter(CONFIG, vad, state)
          .accept(chunk).stream().map(Segmented::of).forEach(segmented::add);
    }
    return segmented;
  }
}
