package io.undertone.audio.codec;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioFormat.Encoding;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/** G.711 through the JDK's converter. */
final class G711Encoder implements ChunkEncoder {
  /** The converter works sample by sample and ignores the rate. */
  private static final AudioFormat LINEAR = new AudioFormat(8000, 16, 1, true, false);

  private final LinearEncoder linear = new LinearEncoder();
  private final Encoding law;

  G711Encoder(Codec codec) {
    this.law = codec == Codec.PCMA ? Encoding.ALAW : Encoding.ULAW;
  }

  @Override
  public byte[] encode(short[] samples) {
    try (AudioInputStream in =
            new AudioInputStream(
                new ByteArrayInputStream(linear.encode(samples)), LINEAR, samples.length);
        AudioInputStream out = AudioSystem.getAudioInputStream(law, in)) {
      return out.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("the JDK cannot encode " + law, e);
    }
  }
}
