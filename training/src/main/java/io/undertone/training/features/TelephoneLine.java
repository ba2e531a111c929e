package io.undertone.training.features;

import io.undertone.audio.Pcm;
import io.undertone.audio.codec.ChunkDecoder;
import io.undertone.audio.codec.ChunkEncoder;
import io.undertone.audio.codec.Codec;
import io.undertone.audio.codec.UndecodableAudioException;
import io.undertone.audio.resample.Resampler;
import java.util.Arrays;
import java.util.Random;

/**
 * A simulated telephone line: spectral tilt of the microphone, background noise, gain, a codec's
 * round trip, packet loss. Its parameters are constant for a call.
 */
final class TelephoneLine {
  private static final double GAIN_SPREAD_DB = 6;
  private static final double MOST_TILT = 0.6;
  private static final double LEAST_SIGNAL_TO_NOISE_DB = 12;
  private static final double MOST_SIGNAL_TO_NOISE_DB = 40;
  private static final double MOST_NOISE_COLOUR = 0.95;
  private static final int PACKET_MS = 20;
  private static final double MOST_LOSS = 0.05;
  private static final int LEAST_OPUS_BIT_RATE = 8_000;
  private static final int MOST_OPUS_BIT_RATE = 24_000;

  private final double tilt;
  private final double signalToNoise;
  private final double noiseColour;
  private final double gain;
  private final Codec codec;
  private final int opusBitRate;
  private final double loss;

  private TelephoneLine(Random random) {
    this.tilt = between(-MOST_TILT, MOST_TILT, random);
    this.signalToNoise =
        decibels(between(LEAST_SIGNAL_TO_NOISE_DB, MOST_SIGNAL_TO_NOISE_DB, random));
    this.noiseColour = between(0, MOST_NOISE_COLOUR, random);
    this.gain = decibels(random.nextGaussian() * GAIN_SPREAD_DB);
    this.codec = Codec.values()[random.nextInt(Codec.values().length)];
    this.opusBitRate = (int) between(LEAST_OPUS_BIT_RATE, MOST_OPUS_BIT_RATE, random);
    this.loss = between(0, MOST_LOSS, random);
  }

  static TelephoneLine draw(Random random) {
    return new TelephoneLine(random);
  }

  private static double between(double from, double to, Random random) {
    return from + random.nextDouble() * (to - from);
  }

  /** Amplitude factor of a level in dB. */
  private static double decibels(double level) {
    return Math.pow(10, level / 20);
  }

  /**
   * Speech as received, with the length and sample rate of the input.
   *
   * @param random draws noise and packet loss
   */
  Pcm transmit(Pcm speech, Random random) {
    float[] samples = speech.samples().clone();
    tilt(samples);
    addNoise(samples, random);
    for (int i = 0; i < samples.length; i++) {
      samples[i] *= (float) gain;
    }
    Pcm coded = coded(new Pcm(samples, speech.sampleRateHz()));
    float[] received = Arrays.copyOf(coded.samples(), samples.length);
    dropPackets(received, speech.sampleRateHz() * PACKET_MS / 1000, random);
    return new Pcm(received, speech.sampleRateHz());
  }

  /** A one-zero filter, {@code 1 + tilt · z^-1}: low-pass above 0, high-pass below. */
  private void tilt(float[] samples) {
    float previous = 0;
    for (int i = 0; i < samples.length; i++) {
      float sample = samples[i];
      samples[i] = (float) (sample + tilt * previous);
      previous = sample;
    }
  }

  /** Adds AR(1) noise, from white to nearly brown. */
  private void addNoise(float[] samples, Random random) {
    double innovation = Math.sqrt(1 - noiseColour * noiseColour);
    double level = rms(samples) / signalToNoise;
    double noise = 0;
    for (int i = 0; i < samples.length; i++) {
      noise = noiseColour * noise + innovation * random.nextGaussian();
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

  private Pcm coded(Pcm speech) {
    byte[] payload =
        ChunkEncoder.of(codec, speech.sampleRateHz(), PACKET_MS, opusBitRate)
            .encode(speech.toInt16());
    try {
      Pcm decoded = ChunkDecoder.decode(codec, speech.sampleRateHz(), payload, null).toPcm();
      return Resampler.resample(decoded, speech.sampleRateHz());
    } catch (UndecodableAudioException e) {
      throw new IllegalStateException("audio encoded as " + codec + " cannot be decoded", e);
    }
  }

  private void dropPackets(float[] samples, int packet, Random random) {
    for (int from = 0; from < samples.length; from += packet) {
      if (random.nextDouble() < loss) {
        Arrays.fill(samples, from, Math.min(samples.length, from + packet), 0);
      }
    }
  }
}
