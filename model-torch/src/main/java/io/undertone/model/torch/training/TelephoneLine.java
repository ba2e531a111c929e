package io.undertone.model.torch.training;

import io.undertone.audio.Pcm;
import io.undertone.audio.codec.ChunkDecoder;
import io.undertone.audio.codec.ChunkEncoder;
import io.undertone.audio.codec.Codec;
import io.undertone.audio.codec.UndecodableAudioException;
import io.undertone.audio.resample.Resampler;
import java.util.Arrays;
import java.util.Random;

/**
 * What a call does to clean speech: a microphone's tilt, the room's noise, another level, a codec's
 * round trip, packets that never come.
 */
final class TelephoneLine {
  private static final double GAIN_SPREAD_DB = 6;
  private static final double MOST_TILT = 0.6;
  private static final double LEAST_SIGNAL_TO_NOISE_DB = 12;
  private static final double MOST_SIGNAL_TO_NOISE_DB = 40;
  private static final double MOST_NOISE_COLOUR = 0.95;
  private static final int PACKET_MS = 20;
  private static final double MOST_LOSS = 0.05;
  private static final int OPUS_BIT_RATE_FROM = 8_000;
  private static final int OPUS_BIT_RATE_TO = 24_000;

  private TelephoneLine() {}

  /** The speech behind a line drawn at random; as long, and at the rate, as it was. */
  static Pcm vary(Pcm speech, Random random) {
    float[] samples = speech.samples().clone();
    tilt(samples, (random.nextDouble() * 2 - 1) * MOST_TILT);
    addNoise(samples, random);
    scale(samples, Math.pow(10, random.nextGaussian() * GAIN_SPREAD_DB / 20));
    Pcm coded = coded(new Pcm(samples, speech.sampleRateHz()), random);
    float[] received = Arrays.copyOf(coded.samples(), samples.length);
    losePackets(received, speech.sampleRateHz() * PACKET_MS / 1000, random);
    return new Pcm(received, speech.sampleRateHz());
  }

  /** A filter of one zero, {@code 1 + amount · z^-1}: warmer above 0, thinner below. */
  private static void tilt(float[] samples, double amount) {
    float before = 0;
    for (int i = 0; i < samples.length; i++) {
      float now = samples[i];
      samples[i] = (float) (now + amount * before);
      before = now;
    }
  }

  /** Noise from white to nearly brown. */
  private static void addNoise(float[] samples, Random random) {
    double signalToNoiseDb =
        LEAST_SIGNAL_TO_NOISE_DB
            + random.nextDouble() * (MOST_SIGNAL_TO_NOISE_DB - LEAST_SIGNAL_TO_NOISE_DB);
    double colour = random.nextDouble() * MOST_NOISE_COLOUR;
    double innovation = Math.sqrt(1 - colour * colour);
    double level = rms(samples) * Math.pow(10, -signalToNoiseDb / 20);
    double noise = 0;
    for (int i = 0; i < samples.length; i++) {
      noise = colour * noise + innovation * random.nextGaussian();
      samples[i] += (float) (level * noise);
    }
  }

  private static double rms(float[] samples) {
    double squares = 0;
    for (float sample : samples) {
      squares += (double) sample * sample;
    }
    return Math.sqrt(squares / Math.max(1, samples.length));
  }

  private static void scale(float[] samples, double gain) {
    for (int i = 0; i < samples.length; i++) {
      samples[i] *= (float) gain;
    }
  }

  private static Pcm coded(Pcm speech, Random random) {
    Codec codec = Codec.values()[random.nextInt(Codec.values().length)];
    int opusBitRate =
        OPUS_BIT_RATE_FROM + random.nextInt(OPUS_BIT_RATE_TO - OPUS_BIT_RATE_FROM + 1);
    byte[] payload =
        ChunkEncoder.of(codec, speech.sampleRateHz(), PACKET_MS, opusBitRate)
            .encode(speech.toInt16());
    try {
      Pcm decoded = ChunkDecoder.decode(codec, speech.sampleRateHz(), payload, null);
      return Resampler.resample(decoded, speech.sampleRateHz());
    } catch (UndecodableAudioException e) {
      throw new IllegalStateException("what was coded as " + codec + " cannot be decoded", e);
    }
  }

  private static void losePackets(float[] samples, int packet, Random random) {
    double loss = random.nextDouble() * MOST_LOSS;
    for (int from = 0; from < samples.length; from += packet) {
      if (random.nextDouble() < loss) {
        Arrays.fill(samples, from, Math.min(samples.length, from + packet), 0);
      }
    }
  }
}
