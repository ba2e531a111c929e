package io.undertone.operators.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.audio.Pcm;
import io.undertone.audio.codec.Codec;
import io.undertone.audio.segment.ChannelSegmenter;
import io.undertone.audio.segment.SegmenterConfig;
import io.undertone.audio.segment.SegmenterState;
import io.undertone.operators.RecordCoordinates;
import io.undertone.operators.RecordRange;
import io.undertone.operators.segment.ChannelAudio.DecoderHistory;
import io.undertone.operators.testing.LoudnessDetector;
import io.undertone.schemas.Role;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class ChannelAudioFormatTest {

  @Test
  void readsTheCurrentVersion() throws IOException {
    ChannelAudio audio = openChannel();

    ChannelAudio read = ChannelAudioFormat.read(ChannelAudioFormat.write(audio));

    assertThat(ChannelAudioFormat.write(read)).isEqualTo(ChannelAudioFormat.write(audio));
    assertThat(read.origins.of(250, 1_000))
        .contains(
            new RecordRange(
                new RecordCoordinates("audio", 1, 7), new RecordCoordinates("other", 2, 8)));
    assertIsOpenChannel(read);
  }

  @Test
  void readsAChannelThatHasEnded() throws IOException {
    ChannelAudio ended = new ChannelAudio(Role.AGENT, null);

    ChannelAudio read = ChannelAudioFormat.read(ChannelAudioFormat.write(ended));

    assertThat(read.segmenter).isNull();
    assertThat(read.history).isNull();
    assertThat(read.role).isEqualTo(Role.AGENT);
  }

  @Test
  void readsTheFirstVersion() throws IOException {
    ChannelAudio read = ChannelAudioFormat.read(resource("channel-audio-v1.bin"));

    assertIsOpenChannel(read);
    assertThat(read.origins.of(250, 1_000)).isEmpty();
    assertThat(read.segmenter).isNotNull();
    assertThat(read.segmenter.nextOffsetMs()).isEqualTo(1_240);
  }

  @Test
  void rejectsAnUnknownVersion() throws IOException {
    byte[] bytes = ChannelAudioFormat.write(openChannel());
    bytes[1] = 9;

    assertThatThrownBy(() -> ChannelAudioFormat.read(bytes))
        .isInstanceOf(IOException.class)
        .hasMessage("channel audio format version must be from 1 to 2, but is 9");
  }

  /** A channel in the middle of an utterance. */
  private static ChannelAudio openChannel() {
    SegmenterState state = SegmenterState.startingAt(240);
    short[] samples = new short[8000];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) (i % 40 * 400);
    }
    new ChannelSegmenter(SegmenterConfig.defaults(), new LoudnessDetector(), state)
        .accept(Pcm.ofInt16(samples, 8000));
    ChannelAudio audio = new ChannelAudio(Role.CUSTOMER, state);
    audio.history = new DecoderHistory(Codec.PCMU, 8000, new byte[] {1, 2, 3});
    audio.origins.add(240, new RecordCoordinates("audio", 1, 6));
    audio.origins.add(250, new RecordCoordinates("audio", 1, 7));
    audio.origins.add(800, new RecordCoordinates("other", 2, 8));
    audio.origins.add(1_100, new RecordCoordinates("other", 2, 9));
    audio.gap = true;
    audio.callBeginMs = 1_700_000_000_000L;
    audio.endOffsetMs = 1_240;
    audio.missingAudioMs = 20;
    return audio;
  }

  private static void assertIsOpenChannel(ChannelAudio read) {
    assertThat(read.role).isEqualTo(Role.CUSTOMER);
    assertThat(read.gap).isTrue();
    assertThat(read.callBeginMs).isEqualTo(1_700_000_000_000L);
    assertThat(read.endOffsetMs).isEqualTo(1_240);
    assertThat(read.missingAudioMs).isEqualTo(20);
    assertThat(read.historyFor(Codec.PCMU, 8000)).containsExactly(1, 2, 3);
    assertThat(read.historyFor(Codec.PCMA, 8000)).isNull();
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = ChannelAudioFormatTest.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("test resource is missing: " + name);
      }
      return in.readAllBytes();
    }
  }
}
