package io.undertone.audio.codec;

import io.undertone.audio.Pcm16;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioFormat.Encoding;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/** A companding law of ITU-T G.711 as a table, filled by the JDK's converter. */
public final class G711 {
  private static final int CODES = 256;

  public static final G711 MU_LAW = new G711(Encoding.ULAW);
  public static final G711 A_LAW = new G711(Encoding.ALAW);

  /** Linear sample of each code. */
  private final short[] samples = new short[CODES];

  private G711(Encoding law) {
    byte[] codes = new byte[CODES];
    for (int code = 0; code < CODES; code++) {
      codes[code] = (byte) code;
    }
    AudioFormat coded = new AudioFormat(law, 8000, 8, 1, 1, 8000, false);
    AudioFormat linear = new AudioFormat(8000, 16, 1, true, false);
    try (AudioInputStream in = new AudioInputStream(new ByteArrayInputStream(codes), coded, CODES);
        AudioInputStream out = AudioSystem.getAudioInputStream(linear, in)) {
      ByteBuffer expanded = ByteBuffer.wrap(out.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
      expanded.asShortBuffer().get(samples);
    } catch (IOException e) {
      throw new UncheckedIOException("the JDK cannot decode " + law, e);
    }
  }

  /** Decodes one sample per byte. */
  public Pcm16 decode(byte[] payload, int sampleRateHz) {
    short[] decoded = new short[payload.length];
    for (int i = 0; i < payload.length; i++) {
      decoded[i] = samples[payload[i] & 0xff];
    }
    return new Pcm16(decoded, sampleRateHz);
  }
}
