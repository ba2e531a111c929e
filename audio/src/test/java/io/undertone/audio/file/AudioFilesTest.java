package io.undertone.audio.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.audio.Clips;
import io.undertone.audio.Pcm;
import io.undertone.audio.codec.Codec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioFormat.Encoding;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AudioFilesTest {
  @TempDir private Path folder;

  /** A tone of 440 Hz on the left, 1000 Hz on the right; 100 ms, 16 bit. */
  private static ByteBuffer stereoTones(int rateHz) {
    short[] left = Clips.tone(rateHz, 440, 100).toInt16();
    short[] right = Clips.tone(rateHz, 1000, 100).toInt16();
    ByteBuffer bytes = ByteBuffer.allocate(4 * left.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < left.length; i++) {
      bytes.putShort(left[i]).putShort(right[i]);
    }
    return bytes;
  }

  private Path wav(AudioFormat target) throws IOException {
    int rateHz = (int) target.getSampleRate();
    AudioFormat source = new AudioFormat(rateHz, 16, 2, true, false);
    byte[] bytes = stereoTones(rateHz).array();
    Path file = folder.resolve("stereo.wav");
    try (AudioInputStream in =
        new AudioInputStream(new ByteArrayInputStream(bytes), source, bytes.length / 4)) {
      AudioSystem.write(
          AudioSystem.getAudioInputStream(target, in), AudioFileFormat.Type.WAVE, file.toFile());
    }
    return file;
  }

  @Test
  void readsTheWavThatItWrites() throws IOException {
    Path file = folder.resolve("tone.wav");
    Files.writeString(file, "something else");
    Pcm tone = Clips.tone(8000, 440, 100);

    AudioFiles.writeWav(file, tone);

    List<Pcm> channels = AudioFiles.read(file);
    assertThat(channels).singleElement().extracting(Pcm::sampleRateHz).isEqualTo(8000);
    assertThat(channels.get(0).toInt16()).containsExactly(tone.toInt16());
  }

  @ParameterizedTest
  @CsvSource({
    "PCM_SIGNED, 8000, 16, 0.0001",
    "PCM_SIGNED, 44100, 24, 0.0001",
    "PCM_SIGNED, 96000, 32, 0.0001",
    "PCM_UNSIGNED, 11025, 8, 0.02",
    "PCM_FLOAT, 48000, 32, 0.0001",
    "ULAW, 8000, 8, 0.03",
    "ALAW, 8000, 8, 0.03",
  })
  void readsWavOfManyFormats(String encoding, int rateHz, int bits, float tolerance)
      throws IOException {
    int frameBytes = 2 * bits / 8;
    Path file =
        wav(new AudioFormat(new Encoding(encoding), rateHz, bits, 2, frameBytes, rateHz, false));

    List<Pcm> channels = AudioFiles.read(file);

    assertThat(channels).hasSize(2).extracting(Pcm::sampleRateHz).containsOnly(rateHz);
    assertClose(channels.get(0), Clips.tone(rateHz, 440, 100), tolerance);
    assertClose(channels.get(1), Clips.tone(rateHz, 1000, 100), tolerance);
  }

  @ParameterizedTest
  @CsvSource({
    "stereo-8bit.flac, 8000, 0.02",
    "stereo-16bit.flac, 44100, 0.0001",
    "stereo-24bit.flac, 48000, 0.0001",
  })
  void readsFlacOfManyFormats(String name, int rateHz, float tolerance) throws IOException {
    List<Pcm> channels = AudioFiles.read(Clips.file("file/" + name));

    assertThat(channels).hasSize(2).extracting(Pcm::sampleRateHz).containsOnly(rateHz);
    assertClose(channels.get(0), Clips.tone(rateHz, 440, 100), tolerance);
    assertClose(channels.get(1), Clips.tone(rateHz, 1000, 100), tolerance);
  }

  private static void assertClose(Pcm actual, Pcm expected, float tolerance) {
    assertThat(actual.samples()).hasSameSizeAs(expected.samples());
    float furthest = 0;
    for (int i = 0; i < actual.samples().length; i++) {
      furthest = Math.max(furthest, Math.abs(actual.samples()[i] - expected.samples()[i]));
    }
    assertThat(furthest).isLessThan(tolerance);
  }

  @Test
  void readsG711WithoutAHeader() throws IOException {
    Path file = folder.resolve("call.ul");
    Files.write(file, new byte[] {0x00, (byte) 0x80, (byte) 0xff});

    assertThat(AudioFiles.readG711(file, Codec.PCMU, 8000).toInt16())
        .containsExactly(-32124, 32124, 0);
    assertThatThrownBy(() -> AudioFiles.readG711(file, Codec.OPUS, 8000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("codec must be PCMU or PCMA, but is OPUS");
  }

  @Test
  void rejectsAnUnsupportedRate() throws IOException {
    Path file = wav(new AudioFormat(500, 16, 2, true, false));

    assertThatThrownBy(() -> AudioFiles.read(file))
        .isInstanceOf(AudioFileException.class)
        .hasMessage(file + ": sample rate must be from 1000 to 384000 Hz, but is 500");
  }

  @Test
  void rejectsAMissingFile() {
    Path file = folder.resolve("nowhere.wav");

    assertThatThrownBy(() -> AudioFiles.read(file))
        .isInstanceOf(AudioFileException.class)
        .hasMessage(file + ": no such file");
  }

  @Test
  void rejectsAnotherFormat() throws IOException {
    Path file = folder.resolve("song.mp3");
    Files.write(file, "ID3 la la la".getBytes(StandardCharsets.US_ASCII));

    assertThatThrownBy(() -> AudioFiles.read(file))
        .isInstanceOf(AudioFileException.class)
        .hasMessage(file + ": must be WAV or FLAC, but starts with the bytes 49 44 33 20");
  }

  @Test
  void rejectsADirectory() {
    assertThatThrownBy(() -> AudioFiles.read(folder))
        .isInstanceOf(AudioFileException.class)
        .hasMessage(folder + ": must be a file, but is a directory");
  }

  @Test
  void rejectsFilesWithoutAudio() throws IOException {
    Path empty = folder.resolve("empty.wav");
    Files.write(empty, new byte[0]);

    assertThatThrownBy(() -> AudioFiles.read(empty)).hasMessage(empty + ": contains no audio");
    assertThatThrownBy(() -> AudioFiles.readG711(empty, Codec.PCMA, 8000))
        .hasMessage(empty + ": contains no audio");
  }

  @Test
  void rejectsDamagedFiles() throws IOException {
    byte[] flac = Files.readAllBytes(Clips.file("file/stereo-16bit.flac"));
    Path cut = folder.resolve("cut.flac");
    Files.write(cut, Arrays.copyOf(flac, flac.length / 2));
    Path head = folder.resolve("head.flac");
    Files.write(head, Arrays.copyOf(flac, 20));
    Path wav = folder.resolve("broken.wav");
    Files.write(wav, "RIFF and then nothing of use".getBytes(StandardCharsets.US_ASCII));

    for (Path file : List.of(cut, head, wav)) {
      assertThatThrownBy(() -> AudioFiles.read(file))
          .isInstanceOf(AudioFileException.class)
          .hasMessageStartingWith(file + ": ");
    }
  }

  @Test
  void rejectsATruncatedWavFile() throws IOException {
    Path whole = wav(linear(8000));
    byte[] bytes = Files.readAllBytes(whole);

    for (int kept : new int[] {0, 400}) {
      Path cut = folder.resolve("cut.wav");
      Files.write(cut, Arrays.copyOf(bytes, 44 + 4 * kept));
      assertThatThrownBy(() -> AudioFiles.read(cut))
          .isInstanceOf(AudioFileException.class)
          .hasMessage(cut + ": is damaged: has " + kept + " frames, but its header says 800");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, Integer.MAX_VALUE, 0x7fff_f000})
  void readsAStreamedWavFileOfUnknownLength(int headerBytes) throws IOException {
    Path file = wav(linear(8000));
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(40, headerBytes);
    Files.write(file, bytes);

    assertThat(AudioFiles.read(file).get(0).samples()).hasSize(800);
  }

  @Test
  void rejectsG711WithAWavHeader() throws IOException {
    Path file = wav(linear(8000));

    assertThatThrownBy(() -> AudioFiles.readG711(file, Codec.PCMU, 8000))
        .isInstanceOf(AudioFileException.class)
        .hasMessage(
            file + ": must be G.711 without a header, but starts with a WAV or FLAC header: RIFF");
  }

  private static AudioFormat linear(int rateHz) {
    return new AudioFormat(rateHz, 16, 2, true, false);
  }
}
