package io.undertone.audio.file;

import io.undertone.audio.Pcm;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/** Reads WAV of any rate through the JDK: 8 to 32 bit, floating point, G.711. Writes 16 bit. */
final class WavFile {
  /**
   * Writers of a stream do not know its length and put the maximum, or a little less, into the
   * header. Lengths from here on mean unknown; no array could hold that much.
   */
  private static final long UNKNOWN_LENGTH_BYTES = 0x7fff_0000L;

  private WavFile() {}

  static Interleaved read(Path file) throws AudioFileException {
    try (AudioInputStream in = AudioSystem.getAudioInputStream(file.toFile())) {
      AudioFormat found = in.getFormat();
      int rateHz = Math.round(found.getSampleRate());
      AudioFormat wanted =
          new AudioFormat(found.getSampleRate(), 16, found.getChannels(), true, false);
      if (!AudioSystem.isConversionSupported(wanted, found)) {
        throw new AudioFileException(file, "has an unsupported audio format: " + found);
      }
      try (AudioInputStream converted = AudioSystem.getAudioInputStream(wanted, in)) {
        byte[] bytes = converted.readAllBytes();
        short[] samples = new short[bytes.length / Short.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples);
        checkLength(file, in, samples.length / found.getChannels());
        return new Interleaved(samples, found.getChannels(), rateHz);
      }
    } catch (UnsupportedAudioFileException e) {
      throw new AudioFileException(file, "is not a readable WAV file: " + e.getMessage(), e);
    } catch (AudioFileException e) {
      throw e;
    } catch (IOException e) {
      throw new AudioFileException(file, "is damaged: " + e.getMessage(), e);
    }
  }

  static void write(Path file, Pcm channel) throws IOException {
    short[] samples = channel.toInt16();
    ByteBuffer bytes =
        ByteBuffer.allocate(samples.length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asShortBuffer().put(samples);
    AudioFormat format = new AudioFormat(channel.sampleRateHz(), Short.SIZE, 1, true, false);
    InputStream in = new ByteArrayInputStream(bytes.array());
    try (AudioInputStream audio = new AudioInputStream(in, format, samples.length);
        OutputStream out = Files.newOutputStream(file)) {
      AudioSystem.write(audio, AudioFileFormat.Type.WAVE, out);
    }
  }

  /** Compares with the length in the header. A frame is one sample of each channel. */
  private static void checkLength(Path file, AudioInputStream in, long frames)
      throws AudioFileException {
    long announced = in.getFrameLength();
    boolean known =
        announced != AudioSystem.NOT_SPECIFIED
            && announced * in.getFormat().getFrameSize() < UNKNOWN_LENGTH_BYTES;
    if (known && announced != frames) {
      throw new AudioFileException(
          file, "is damaged: has %d frames, but its header says %d".formatted(frames, announced));
    }
  }
}
