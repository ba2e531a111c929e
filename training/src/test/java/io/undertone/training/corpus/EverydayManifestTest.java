package io.undertone.training.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.audio.Pcm;
import io.undertone.audio.vad.VadState;
import io.undertone.audio.vad.VoiceActivityDetector;
import io.undertone.model.torch.features.Voices;
import java.io.IOException;
import java.nio.file.Files;
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
  void namesARecordingThatIsNotThereAndKeepsTheFormerManifest() throws IOException {
    Path there = directory.resolve("a.wav");
    Voices.write(there, twoUtterances());
    Path out = Files.writeString(directory.resolve("everyday.csv"), "the former manifest");

    assertThatThrownBy(
            () ->
                new EverydayManifest("calls", new LoudIsSpeech())
                    .write(List.of(there, directory.resolve("b.wav")), out))
        .isInstanceOf(CorpusException.class)
        .hasMessageContaining("b.wav");

    assertThat(out).hasContent("the former manifest");
  }

  @Test
  void refusesRecordingsOfTheSameName() throws IOException {
    Path one = directory.resolve("monday/call.wav");
    Path other = directory.resolve("tuesday/call.flac");

    assertThatThrownBy(
            () ->
                new EverydayManifest("calls", new LoudIsSpeech())
                    .write(List.of(one, other), directory.resolve("everyday.csv")))
        .isInstanceOf(CorpusException.class)
        .hasMessage(
            "recordings must have different names, but both %s and %s are 'call'", one, other);
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
