package io.undertone.audio.file;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jflac.FLACDecoder;
import org.jflac.PCMProcessor;
import org.jflac.metadata.StreamInfo;
import org.jflac.util.ByteData;

/** Reads FLAC of 8, 16 or 24 bit, through jflac. */
final class FlacFile {
  private static final byte[] MAGIC = {'f', 'L', 'a', 'C'};
  private static final int LAST_BLOCK = 0x80;
  private static final int STREAM_INFO = 0;
  private static final int STREAM_INFO_BYTES = 34;

  private FlacFile() {}

  static Interleaved read(Path file) throws AudioFileException {
    try {
      FLACDecoder decoder = new FLACDecoder(withoutComments(file));
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

  /**
   * The file without its metadata, but for the format of the stream: the library allocates any
   * length that a comment claims, and reads for ever where there is no format.
   */
  private static InputStream withoutComments(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer in = ByteBuffer.wrap(bytes).position(MAGIC.length);
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    kept.writeBytes(MAGIC);
    boolean last = false;
    while (!last) {
      requireBytes(file, Integer.BYTES, in);
      int header = in.getInt();
      int type = header >>> 24;
      int length = header & 0xffffff;
      last = (type & LAST_BLOCK) != 0;
      requireBytes(file, length, in);
      if ((type & ~LAST_BLOCK) == STREAM_INFO) {
        kept.writeBytes(ByteBuffer.allocate(4).putInt(LAST_BLOCK << 24 | length).array());
        kept.write(bytes, in.position(), length);
      }
      in.position(in.position() + length);
    }
    if (kept.size() != MAGIC.length + Integer.BYTES + STREAM_INFO_BYTES) {
      throw new AudioFileException(
          file, "is a damaged FLAC file: must have one STREAMINFO of 34 bytes");
    }
    return new SequenceInputStream(
        new ByteArrayInputStream(kept.toByteArray()),
        new ByteArrayInputStream(bytes, in.position(), in.remaining()));
  }

  private static void requireBytes(Path file, int least, ByteBuffer in) throws AudioFileException {
    if (in.remaining() < least) {
      throw new AudioFileException(
          file,
          "is a damaged FLAC file: metadata must have %d more bytes at %d, but has %d"
              .formatted(least, in.position(), in.remaining()));
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
