package io.undertone.training.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.audio.Pcm;
import io.undertone.audio.vad.VadState;
import io.undertone.audio.vad.VoiceActivityDetector;
import io.undertone.model.torch.features.Voices;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EverydayManifestTest {

  @TempDir Path directory;

  @Test
  void listsTheUtterancesOfEachRecordingAndHoldsOutEveryThird() throws IOException {
    List<Path> recordings = new ArrayList<>();
    for (String name : List.of("d", "b", "a", "c")) {
      recordings.add(directory.resolve(name + ".wav"));
      Voices.write(directory.resolve(name + ".wav"), twoUtterances());
    }
    Path out = directory.resolve("everyday.csv");

    new EverydayManifest("calls", new LoudIsSpeech()).write(recordings, out);

    List<Clip> clips = Manifest.read(out, Set.of());
    assertThat(clips).hasSize(8);
    assertThat(clips)
        .filteredOn(clip -> clip.split() == Split.DEV)
        .extracting(Clip::path)
        .containsExactly("a.wav", "a.wav", "d.wav", "d.wav");
    assertThat(clips).allMatch(clip -> clip.weak().isPresent() && clip.corpus().equals("calls"));
    ClipPart second = clips.get(1).part().orElseThrow();
    assertThat(second.beginMs()).isBetween(1800L, 2000L);
    assertThat(second.endMs()).isBetween(2950L, 3000L);
  }

  @Test
  void namesARecordingThatIsNotThere() {
    assertThatThrownBy(
            () ->
                new EverydayManifest("calls", new LoudIsSpeech())
                    .write(List.of(directory.resolve("a.wav")), directory.resolve("everyday.csv")))
        .isInstanceOf(CorpusException.class)
        .hasMessageContaining("a.wav");
  }

  /** A second of speech, a second of silence, a second of speech. */
  private static Pcm twoUtterances() {
    Pcm speech = Voices.vowel(150, 700, 1);
    float[] samples = new float[24_000];
    System.arraycopy(speech.samples(), 0, samples, 0, 8000);
    System.arraycopy(speech.samples(), 0, samples, 16_000, 8000);
    return new Pcm(samples, speech.sampleRateHz());
  }

  /** Takes what is loud for speech. */
  private static final class LoudIsSpeech implements VoiceActivityDetector {

    @Override
    public VadState newState() {
      return new VadState(new float[0]);
    }

    @Override
    public float speechProbability(float[] frame, VadState state) {
      double squares = 0;
      for (float sample : frame) {
        squares += sample * sample;
      }
      return squares / frame.length > 1e-4 ? 1 : 0;
    }

    @Override
    public void skipSilence(float[] frame, VadState state) {}

    @Override
    public void close() {}
  }
}
