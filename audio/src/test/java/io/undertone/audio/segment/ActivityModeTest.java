package io.undertone.audio.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.audio.Clips;
import io.undertone.audio.Pcm;
import io.undertone.audio.Utterance;
import io.undertone.audio.vad.SileroVad;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActivityModeTest {
  private static final SegmenterConfig CONFIG = SegmenterConfig.defaults();
  private static final int CHUNK_MS = 20;

  private static SileroVad vad;

  @BeforeAll
  static void open() {
    vad = SileroVad.open();
  }

  @AfterAll
  static void close() {
    vad.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {8_000, 16_000, 44_100})
  void findsTheSameSpeechAndKeepsNoneOfIt(int rateHz) {
    Pcm speech = Clips.threeSentences(rateHz);
    SegmenterState state = SegmenterState.startingAt(0);
    List<Utterance> heard = new ArrayList<>();
    int chunk = rateHz / 1000 * CHUNK_MS;
    for (int from = 0; from + chunk <= speech.samples().length; from += chunk) {
      heard.addAll(activity(state).accept(Clips.slice(speech, from, from + chunk)));
      long kept = state.audio.end() - state.analysedEnd;
      assertThat(state.audio.begin()).isGreaterThanOrEqualTo(state.analysedEnd);
      assertThat(kept).isLessThan(256);
    }
    heard.addAll(activity(state).finish());

    List<Utterance> utterances = ChannelSegmenter.utterances(speech, vad);
    assertThat(heard).hasSameSizeAs(utterances).hasSizeGreaterThanOrEqualTo(3);
    for (int i = 0; i < heard.size(); i++) {
      assertThat(heard.get(i).audio().samples()).isEmpty();
      assertThat(heard.get(i).index()).isEqualTo(-1);
      assertThat(heard.get(i).beginOffsetMs()).isEqualTo(utterances.get(i).beginOffsetMs());
      assertThat(heard.get(i).endOffsetMs()).isEqualTo(utterances.get(i).endOffsetMs());
    }
  }

  @Test
  void audioThatWasKeptBeforeIsDropped() {
    Pcm speech = Clips.slice(Clips.threeSentences(8000), 0, 12_000);
    SegmenterState state = SegmenterState.startingAt(0);
    new ChannelSegmenter(CONFIG, vad, state).accept(speech);
    assertThat(state.audio.end() - state.audio.begin()).isGreaterThan(4_000);

    activity(state).accept(Clips.slice(speech, 0, 256));

    assertThat(state.audio.end() - state.audio.begin()).isLessThan(256);
  }

  @Test
  void utterancesBeginWhereAudioWasKeptFirst() {
    Pcm speech = Clips.threeSentences(8000);
    SegmenterState state = SegmenterState.startingAt(0);
    activity(state).accept(Clips.slice(speech, 0, 12_000));
    assertThat(state.open).as("speech goes on").isNotNull();

    ChannelSegmenter kept = new ChannelSegmenter(CONFIG, vad, state);
    List<Utterance> utterances =
        new ArrayList<>(kept.accept(Clips.slice(speech, 12_000, speech.samples().length)));
    utterances.addAll(kept.finish());

    assertThat(utterances.get(0).beginOffsetMs()).isBetween(1_460L, 1_500L);
    assertThat(utterances.get(0).audio().samples()).isNotEmpty();
  }

  private static ChannelSegmenter activity(SegmenterState state) {
    return new ChannelSegmenter(CONFIG, vad, state, SegmenterMode.ACTIVITY);
  }
}
