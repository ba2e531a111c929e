package io.undertone.audio.file;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jflac.FLACDecoder;
import org.jflac.PCMProcessor;
import org.jflac.metadata.StreamInfo;
import org.jflac.util.ByteData;

/** Reads FLAC of 8, 16 or 24 bit, through jflac. */
final class FlacFile {
  private FlacFile() {}

  static Interleaved read(Path file) throws AudioFileException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      FLACDecoder decoder = new FLACDecoder(in);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      decoder.addPCMProcessor(
          new PCMProcessor() {
            @Override
            public void processStreamInfo(StreamInfo info) {}

            @Override
            public void processPCM(ByteData pcm) {
              bytes.write(pcm.getData(), 0, pcm.getLen());
            }
          });
      decoder.decode();
      return interleaved(file, decoder.getStreamInfo(), bytes.toByteArray());
    } catch (AudioFileException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // The library also throws index errors on damaged files.
      throw new AudioFileException(file, "is a damaged FLAC file: " + e.getMessage(), e);
    }
  }

  private static Interleaved interleaved(Path file, StreamInfo info, byte[] bytes)
      throws AudioFileException {
    int bits = info.getBitsPerSample();
    if (bits != 8 && bits != 16 && bits != 24) {
      throw new AudioFileException(file, "must have 8, 16 or 24 bits per sample, but has " + bits);
    }
    int width = bits / 8;
    short[] samples = new short[bytes.length / width];
    long expected = info.getTotalSamples() * info.getChannels();
    if (expected > 0 && expected != samples.length) {
      throw new AudioFileException(
          file,
          "is damaged: has %d samples, but its header says %d".formatted(samples.length, expected));
    }
    for (int i = 0; i < samples.length; i++) {
      samples[i] = sample(bytes, i * width, width);
    }
    return new Interleaved(samples, info.getChannels(), info.getSampleRate());
  }

  /** The upper 16 bits of a little endian sample; 8-bit samples are unsigned. */
  private static short sample(byte[] bytes, int at, int width) {
    if (width == 1) {
      return (short) ((bytes[at] - 128) << 8);
    }
    return (short) ((bytes[at + width - 2] & 0xff) | (bytes[at + width - 1] << 8));
  }
}
