package io.undertone.audio.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.undertone.audio.Clips;
import io.undertone.audio.Pcm;
import io.undertone.audio.Utterance;
import io.undertone.audio.vad.SileroVad;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ChannelSegmenterTest {
  private static final SegmenterConfig CONFIG = SegmenterConfig.defaults();

  private static SileroVad vad;

  @BeforeAll
  static void openDetector() {
    vad = SileroVad.open();
  }

  @AfterAll
  static void closeDetector() {
    vad.close();
  }

  private static List<Utterance> utterances(SegmenterConfig config, long startOffsetMs, Pcm pcm) {
    ChannelSegmenter segmenter =
        new ChannelSegmenter(config, vad, SegmenterState.startingAt(startOffsetMs));
    List<Utterance> utterances = new ArrayList<>(segmenter.accept(pcm));
    utterances.addAll(segmenter.finish());
    return utterances;
  }

  @Test
  void findsTheThreeSentencesOfTheClip() {
    List<Utterance> found = utterances(CONFIG, 0, Clips.threeSentences(8000));

    assertThat(found).extracting(Utterance::index).containsExactly(0, 1, 2);
    assertThat(found.get(0).endOffsetMs()).isCloseTo(2400, within(150L));
    assertThat(found.get(1).beginOffsetMs()).isCloseTo(3500, within(150L));
    assertThat(found.get(1).endOffsetMs()).isCloseTo(8800, within(150L));
    assertThat(found.get(2).beginOffsetMs()).isCloseTo(9600, within(150L));
    assertThat(found.get(2).endOffsetMs()).isCloseTo(10650, within(150L));
  }

  @Test
  void anUtteranceContainsTheAudioOfItsSpan() {
    Pcm clip = Clips.threeSentences(8000);

    for (Utterance utterance : utterances(CONFIG, 0, clip)) {
      int from = (int) utterance.beginOffsetMs() * 8;
      int to = (int) utterance.endOffsetMs() * 8;
      assertThat(utterance.pcm().sampleRateHz()).isEqualTo(8000);
      assertThat(utterance.pcm().samples()).isEqualTo(Clips.slice(clip, from, to).samples());
    }
  }

  @Test
  void offsetsCountFromTheStartOfTheCall() {
    Pcm clip = Clips.threeSentences(8000);

    List<Long> shifted =
        utterances(CONFIG, 5000, clip).stream().map(u -> u.beginOffsetMs() - 5000).toList();

    assertThat(shifted)
        .isEqualTo(utterances(CONFIG, 0, clip).stream().map(Utterance::beginOffsetMs).toList());
  }

  @Test
  void silenceHasNoUtterances() {
    assertThat(utterances(CONFIG, 0, new Pcm(new float[80_000], 8000))).isEmpty();
  }

  @Test
  void aChannelWithoutAudioHasNoUtterances() {
    assertThat(utterances(CONFIG, 0, new Pcm(new float[0], 8000))).isEmpty();
  }

  @Test
  void anOpenUtteranceEndsWithTheChannel() {
    Pcm partial = Clips.slice(Clips.threeSentences(8000), 0, 8 * 1500 + 3);

    List<Utterance> found = utterances(CONFIG, 0, partial);

    assertThat(found).hasSize(1);
    assertThat(found.get(0).endOffsetMs()).isBetween(1400L, 1500L);
  }

  @Test
  void aLongUtteranceIsCutWithoutLosingASample() {
    SegmenterConfig shortUtterances = new SegmenterConfig(0.5, 0.35, 400, 64, 0, 2_000, 500);
    Pcm clip = Clips.threeSentences(8000);
    Utterance whole = utterances(CONFIG, 0, clip).get(1);

    List<Utterance> parts =
        utterances(shortUtterances, 0, clip).stream()
            .filter(u -> u.beginOffsetMs() >= whole.beginOffsetMs())
            .filter(u -> u.endOffsetMs() <= whole.endOffsetMs())
            .toList();

    assertThat(parts).hasSizeGreaterThan(2);
    assertThat(parts).allSatisfy(u -> assertThat(u.pcm().durationMs()).isLessThanOrEqualTo(2000));
    assertThat(parts.stream().mapToInt(u -> u.pcm().samples().length).sum())
        .isEqualTo(whole.pcm().samples().length);
  }

  @Test
  void aShortNoiseIsDropped() {
    Pcm clip = Clips.threeSentences(8000);
    SegmenterConfig onlyLong = new SegmenterConfig(0.5, 0.35, 400, 64, 1500, 10_000, 2_000);

    assertThat(utterances(onlyLong, 0, clip)).extracting(Utterance::index).containsExactly(0, 1);
  }

  @Test
  void aGapBecomesSilenceAndIsCounted() {
    Pcm clip = Clips.threeSentences(8000);
    int cut = 8 * 5000;
    ChannelSegmenter segmenter = new ChannelSegmenter(CONFIG, vad, SegmenterState.startingAt(0));
    List<Utterance> found = new ArrayList<>(segmenter.accept(Clips.slice(clip, 0, cut)));
    found.addAll(segmenter.missing(100));
    found.addAll(segmenter.accept(Clips.slice(clip, cut + 800, clip.samples().length)));
    found.addAll(segmenter.finish());

    assertThat(found).extracting(Utterance::missingAudioMs).containsExactly(0L, 100L, 0L);
    Utterance withGap = found.get(1);
    assertThat(withGap.endOffsetMs()).isCloseTo(8800, within(150L));
    int gapAt = cut - (int) withGap.beginOffsetMs() * 8;
    assertThat(Clips.slice(withGap.pcm(), gapAt, gapAt + 800).samples()).containsOnly(0f);
  }

  @Test
  void aGapOfYearsIsCheapAndPreservesOffsets() {
    Pcm clip = Clips.threeSentences(44_100);
    long yearsMs = 100L * 365 * 24 * 3600 * 1000;
    ChannelSegmenter segmenter = new ChannelSegmenter(CONFIG, vad, SegmenterState.startingAt(0));
    List<Utterance> before = new ArrayList<>(segmenter.accept(clip));
    before.addAll(segmenter.missing(yearsMs));
    List<Utterance> after = new ArrayList<>(segmenter.accept(clip));
    after.addAll(segmenter.finish());

    assertThat(before).hasSize(3);
    assertThat(after).extracting(Utterance::index).containsExactly(3, 4, 5);
    // The padding of the first utterance may extend into the gap.
    assertThat(after).allSatisfy(u -> assertThat(u.missingAudioMs()).isLessThanOrEqualTo(64));
    long shiftMs = clip.durationMs() + yearsMs;
    for (int i = 0; i < 3; i++) {
      assertThat(after.get(i).beginOffsetMs() - shiftMs)
          .isCloseTo(before.get(i).beginOffsetMs(), within(64L));
    }
  }

  @Test
  void rejectsANegativeGap() {
    ChannelSegmenter segmenter = new ChannelSegmenter(CONFIG, vad, SegmenterState.startingAt(0));

    assertThatThrownBy(() -> segmenter.missing(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("missing ms must be at least 0, but is -1");
  }

  @Test
  void theNextOffsetAdvancesWithTheAudioAtAnyRate() {
    for (int rateHz : new int[] {8000, 11_025, 44_100, 48_000}) {
      SegmenterState state = SegmenterState.startingAt(1000);
      ChannelSegmenter segmenter = new ChannelSegmenter(CONFIG, vad, state);
      segmenter.accept(new Pcm(new float[rateHz], rateHz));
      assertThat(state.nextOffsetMs()).isEqualTo(2000);
      segmenter.missing(500);
      assertThat(state.nextOffsetMs()).isEqualTo(2500);
    }
  }
}
