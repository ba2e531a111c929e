package io.undertone.audio.file;

import io.undertone.audio.Pcm;
import io.undertone.audio.codec.Codec;
import io.undertone.audio.codec.G711;
import io.undertone.audio.resample.Resampler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

/** Reads recordings: WAV, FLAC, and G.711 without a header. Writes WAV. */
public final class AudioFiles {
  private static final int MAGIC_BYTES = 4;
  private static final String WAV = "RIFF";
  private static final String FLAC = "fLaC";

  private AudioFiles() {}

  /**
   * Reads a WAV or FLAC file; its first bytes decide which.
   *
   * @return one waveform per channel, all of the same length, at the file's rate, 16-bit precision
   * @throws AudioFileException if the file is missing, damaged, empty, of another format, or of a
   *     rate that {@link Resampler} does not support
   */
  public static List<Pcm> read(Path file) throws AudioFileException {
    byte[] head = contents(file, MAGIC_BYTES);
    requireAudio(file, head.length);
    Interleaved audio =
        switch (magic(head)) {
          case WAV -> WavFile.read(file);
          case FLAC -> FlacFile.read(file);
          default ->
              throw new AudioFileException(
                  file,
                  "must be WAV or FLAC, but starts with the bytes "
                      + HexFormat.ofDelimiter(" ").formatHex(head));
        };
    requireRate(file, audio.sampleRateHz());
    List<Pcm> channels = audio.channels();
    requireAudio(file, channels.get(0).samples().length);
    return channels;
  }

  /**
   * Reads one channel of G.711 codes from a file without a header.
   *
   * @param codec PCMU or PCMA
   * @throws AudioFileException if the file is missing, empty, or has a WAV or FLAC header
   */
  public static Pcm readG711(Path file, Codec codec, int sampleRateHz) throws AudioFileException {
    G711 law =
        switch (codec) {
          case PCMU -> G711.MU_LAW;
          case PCMA -> G711.A_LAW;
          case PCM_S16LE, OPUS ->
              throw new IllegalArgumentException("codec must be PCMU or PCMA, but is " + codec);
        };
    byte[] codes = contents(file, Integer.MAX_VALUE);
    String magic = magic(codes);
    if (magic.equals(WAV) || magic.equals(FLAC)) {
      throw new AudioFileException(
          file, "must be G.711 without a header, but starts with a WAV or FLAC header: " + magic);
    }
    Pcm pcm = law.decode(codes, sampleRateHz).toPcm();
    requireAudio(file, pcm.samples().length);
    return pcm;
  }

  /** Writes one channel as WAV of 16 bit, over a file that may be there. */
  public static void writeWav(Path file, Pcm channel) throws IOException {
    WavFile.write(file, channel);
  }

  private static String magic(byte[] bytes) {
    int length = Math.min(MAGIC_BYTES, bytes.length);
    return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
  }

  private static byte[] contents(Path file, int atMostBytes) throws AudioFileException {
    if (Files.isDirectory(file)) {
      throw new AudioFileException(file, "must be a file, but is a directory");
    }
    try (var in = Files.newInputStream(file)) {
      return in.readNBytes(atMostBytes);
    } catch (NoSuchFileException e) {
      throw new AudioFileException(file, "no such file", e);
    } catch (IOException e) {
      throw new AudioFileException(file, "cannot be read: " + e.getMessage(), e);
    }
  }

  private static void requireRate(Path file, int rateHz) throws AudioFileException {
    if (rateHz < Resampler.MIN_RATE_HZ || rateHz > Resampler.MAX_RATE_HZ) {
      throw new AudioFileException(
          file,
          "sample rate must be from %d to %d Hz, but is %d"
              .formatted(Resampler.MIN_RATE_HZ, Resampler.MAX_RATE_HZ, rateHz));
    }
  }

  private static void requireAudio(Path file, int length) throws AudioFileException {
    if (length == 0) {
      throw new AudioFileException(file, "contains no audio");
    }
  }
}
