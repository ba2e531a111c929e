package io.undertone.audio.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.audio.Clips;
import io.undertone.audio.Pcm;
import io.undertone.audio.Utterance;
import io.undertone.audio.vad.SileroVad;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SegmenterStateTest {
  /** Written by version 1; do not regenerate. */
  private static final String VERSION_1 = "segment/segmenter-state-v1.bin";

  /** The same call, written by version 2; do not regenerate. */
  private static final String VERSION_2 = "segment/segmenter-state-v2.bin";

  private static final int RATE_HZ = 44_100;
  private static final SegmenterConfig CONFIG = SegmenterConfig.defaults();

  /** State within the second sentence of the clip, at 44.1 kHz, after a gap. */
  private static byte[] midCall(SileroVad vad) {
    Pcm clip = Clips.threeSentences(RATE_HZ);
    SegmenterState state = SegmenterState.startingAt(500);
    ChannelSegmenter segmenter = new ChannelSegmenter(CONFIG, vad, state);
    List<Utterance> before = segmenter.accept(Clips.slice(clip, 0, 4 * RATE_HZ));
    assertThat(before).hasSize(1);
    segmenter.missing(40);
    segmenter.accept(Clips.slice(clip, 4 * RATE_HZ + 1764, 5 * RATE_HZ + 3));
    return state.toBytes();
  }

  private static List<Utterance> rest(SileroVad vad, byte[] state) {
    Pcm clip = Clips.threeSentences(RATE_HZ);
    ChannelSegmenter segmenter = new ChannelSegmenter(CONFIG, vad, SegmenterState.fromBytes(state));
    List<Utterance> rest =
        new ArrayList<>(
            segmenter.accept(Clips.slice(clip, 5 * RATE_HZ + 3, clip.samples().length)));
    rest.addAll(segmenter.finish());
    return rest;
  }

  @ParameterizedTest
  @ValueSource(strings = {VERSION_1, VERSION_2})
  void aSegmenterContinuesFromEveryVersion(String file) throws IOException {
    byte[] bytes = Files.readAllBytes(Clips.file(file));
    try (SileroVad vad = SileroVad.open()) {
      List<Utterance> fromFile = rest(vad, bytes);
      List<Utterance> fromNow = rest(vad, midCall(vad));

      assertThat(fromFile).extracting(Utterance::index).containsExactly(1, 2);
      assertThat(fromFile.get(0).missingAudioMs()).isEqualTo(40);
      for (int i = 0; i < 2; i++) {
        assertThat(fromFile.get(i).beginOffsetMs()).isEqualTo(fromNow.get(i).beginOffsetMs());
        assertThat(fromFile.get(i).pcm().samples()).isEqualTo(fromNow.get(i).pcm().samples());
      }
    }
  }

  @Test
  void readingAndWritingChangesNoByte() throws IOException {
    byte[] version2 = Files.readAllBytes(Clips.file(VERSION_2));

    assertThat(SegmenterState.fromBytes(version2).toBytes()).isEqualTo(version2);
  }

  @Test
  void version1IsReadWithANewGate() throws IOException {
    byte[] version1 = Files.readAllBytes(Clips.file(VERSION_1));
    byte[] written = SegmenterState.fromBytes(version1).toBytes();

    assertThat(ByteBuffer.wrap(written).getInt()).isEqualTo(2);
    assertThat(Arrays.copyOfRange(written, 4, version1.length))
        .isEqualTo(Arrays.copyOfRange(version1, 4, version1.length));
    assertThat(Arrays.copyOfRange(written, version1.length, written.length))
        .as("the gate")
        .containsOnly(0)
        .hasSize(12);
  }

  @Test
  void rejectsAnUnknownVersion() {
    byte[] future = ByteBuffer.allocate(100).putInt(3).array();

    assertThatThrownBy(() -> SegmenterState.fromBytes(future))
        .isInstanceOf(SegmenterStateFormatException.class)
        .hasMessage("segmenter state version must be 1 or 2, but is 3");
  }

  @Test
  void rejectsDamagedBytes() throws IOException {
    byte[] version1 = Files.readAllBytes(Clips.file(VERSION_1));
    byte[] cut = Arrays.copyOf(version1, version1.length / 2);
    byte[] tooLong = Arrays.copyOf(version1, version1.length + 1);

    assertThatThrownBy(() -> SegmenterState.fromBytes(cut))
        .isInstanceOf(SegmenterStateFormatException.class)
        .hasMessage("segmenter state of " + cut.length + " bytes is damaged");
    assertThatThrownBy(() -> SegmenterState.fromBytes(tooLong))
        .isInstanceOf(SegmenterStateFormatException.class);
    assertThatThrownBy(() -> SegmenterState.fromBytes(new byte[0]))
        .isInstanceOf(SegmenterStateFormatException.class);
  }

  @Test
  void rejectsRandomBytes() {
    Random random = new Random(3);
    for (int i = 0; i < 1000; i++) {
      byte[] bytes = new byte[4 + random.nextInt(200)];
      random.nextBytes(bytes);
      ByteBuffer.wrap(bytes).putInt(1 + i % 2);
      assertThatThrownBy(() -> SegmenterState.fromBytes(bytes))
          .isInstanceOf(SegmenterStateFormatException.class);
    }
  }

  @Test
  void aSilentChannelIsSmall() {
    try (SileroVad vad = SileroVad.open()) {
      SegmenterState state = SegmenterState.startingAt(0);
      new ChannelSegmenter(CONFIG, vad, state).accept(new Pcm(new float[80_000], 8000));

      assertThat(state.toBytes()).hasSizeLessThan(3000);
    }
  }

  /** Writes a state for {@link #aSegmenterContinuesFromEveryVersion} to the given file. */
  public static void main(String[] args) throws IOException {
    try (SileroVad vad = SileroVad.open()) {
      Files.write(Path.of(args[0]), midCall(vad));
    }
  }
}
