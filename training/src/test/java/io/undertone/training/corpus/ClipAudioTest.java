package io.undertone.training.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipAudioTest {
  private static final int FRAMES = 8_000;

  @TempDir private Path directory;

  @BeforeEach
  void writeACall() throws IOException {
    AudioFormat bothSides = new AudioFormat(8_000, 16, 2, true, false);
    byte[] silence = new byte[FRAMES * bothSides.getFrameSize()];
    AudioSystem.write(
        new AudioInputStream(new ByteArrayInputStream(silence), bothSides, FRAMES),
        AudioFileFormat.Type.WAVE,
        directory.resolve("call.wav").toFile());
  }

  @Test
  void refusesALabelledClipOfSeveralChannels() {
    Clip labelled =
        new Clip("call.wav", "one", "1", "anger", Optional.empty(), Optional.empty(), Split.TRAIN);

    assertThatThrownBy(() -> new ClipAudio(directory, 8_000).read(labelled))
        .isInstanceOf(CorpusException.class)
        .hasMessage(
            directory.resolve("call.wav")
                + " must have 1 channel, the labelled voice alone, but has 2");
  }

  @Test
  void usesTheFirstChannelOfSpeechWithoutALabel() {
    Clip everyday =
        new Clip(
            "call.wav",
            Optional.empty(),
            "one",
            "1",
            "",
            "",
            Optional.empty(),
            Optional.empty(),
            WeakTarget.parse("neutral"),
            Split.TRAIN);

    assertThat(new ClipAudio(directory, 8_000).read(everyday).samples()).hasSize(FRAMES);
  }
}
