package io.undertone.audio.resample;

import io.undertone.audio.Pcm;
import io.undertone.audio.StateBytes;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Converts one stream of 16-bit samples to another sample rate, rounding the output to 16 bit. Each
 * output sample is a weighted sum of input samples at fixed positions, so neither chunk boundaries
 * nor a restore change a bit.
 *
 * <p>No available library fits: the JDK's converter attenuates 3.4 kHz by 9.5 dB from 48 to 8 kHz;
 * the resampler of Concentus is internal and does not support 44.1 kHz; jipes has no filter; and
 * none can serialize its state.
 */
public final class Resampler {
  public static final int MIN_RATE_HZ = 1000;
  public static final int MAX_RATE_HZ = 384_000;

  private final int inputRateHz;
  private final int outputRateHz;
  private final LowPass lowPass;

  /** Input that future output needs, from position tailBegin. */
  private short[] tail;

  private long tailBegin;
  private long nextOutput;

  public Resampler(int inputRateHz, int outputRateHz) {
    this.inputRateHz = validRate("inputRateHz", inputRateHz);
    this.outputRateHz = validRate("outputRateHz", outputRateHz);
    lowPass = LowPassTables.between(inputRateHz, outputRateHz);
    // Silence precedes the stream.
    tail = new short[inputRateHz == outputRateHz ? 0 : lowPass.halfWidth()];
    tailBegin = -tail.length;
  }

  /** Resamples a whole waveform without shifting it. */
  public static Pcm resample(Pcm pcm, int outputRateHz) {
    if (pcm.sampleRateHz() == outputRateHz) {
      return pcm;
    }
    Resampler resampler = new Resampler(pcm.sampleRateHz(), outputRateHz);
    short[] begin = resampler.accept(pcm.toInt16());
    short[] end = resampler.drain();
    short[] whole = Arrays.copyOf(begin, begin.length + end.length);
    System.arraycopy(end, 0, whole, begin.length, end.length);
    return Pcm.ofInt16(whole, outputRateHz);
  }

  public int inputRateHz() {
    return inputRateHz;
  }

  /** Accepts the next samples of the stream and returns the output that they complete. */
  public short[] accept(short[] input) {
    if (inputRateHz == outputRateHz) {
      tailBegin += input.length;
      nextOutput = tailBegin;
      return input;
    }
    short[] available = Arrays.copyOf(tail, tail.length + input.length);
    System.arraycopy(input, 0, available, tail.length, input.length);
    long end = tailBegin + available.length;
    long outputEnd = Math.max(nextOutput, outputsBefore(end - lowPass.halfWidth()));
    short[] output = new short[Math.toIntExact(outputEnd - nextOutput)];
    fill(output, floats(available));
    nextOutput = outputEnd;
    long keepFrom = Math.max(tailBegin, inputPosition(nextOutput) + 1 - lowPass.halfWidth());
    tail = Arrays.copyOfRange(available, (int) (keepFrom - tailBegin), available.length);
    tailBegin = keepFrom;
    return output;
  }

  /** Ends the stream: returns the remaining output, as if silence followed. */
  public short[] drain() {
    long remainingEnd = outputsBefore(tailBegin + tail.length);
    int remaining = Math.toIntExact(remainingEnd - nextOutput);
    return Arrays.copyOf(accept(new short[lowPass.halfWidth()]), remaining);
  }

  /** Number of output samples that {@link #drain} would return. */
  public long remainingSamples() {
    return outputsBefore(tailBegin + tail.length) - nextOutput;
  }

  /** Number of output samples before an input position. */
  private long outputsBefore(long inputPosition) {
    return -Math.floorDiv(-inputPosition * lowPass.outputStep(), lowPass.inputStep());
  }

  /** Input position of an output sample, rounded down. */
  private long inputPosition(long output) {
    return output * lowPass.inputStep() / lowPass.outputStep();
  }

  /**
   * Computes the output from nextOutput on, four samples at a time: one sum alone would wait for
   * each of its additions. The order of additions within a sample does not change.
   *
   * @param input from position tailBegin on
   */
  private void fill(short[] output, float[] input) {
    int i = 0;
    for (; i + 4 <= output.length; i += 4) {
      fillFour(output, i, input);
    }
    for (; i < output.length; i++) {
      float[] weights = weights(nextOutput + i);
      int begin = inputBegin(nextOutput + i);
      float sum = 0;
      for (int k = 0; k < weights.length; k++) {
        sum += weights[k] * input[begin + k];
      }
      output[i] = rounded(sum);
    }
  }

  private void fillFour(short[] output, int i, float[] input) {
    float[] weights0 = weights(nextOutput + i);
    float[] weights1 = weights(nextOutput + i + 1);
    float[] weights2 = weights(nextOutput + i + 2);
    float[] weights3 = weights(nextOutput + i + 3);
    int begin0 = inputBegin(nextOutput + i);
    int begin1 = inputBegin(nextOutput + i + 1);
    int begin2 = inputBegin(nextOutput + i + 2);
    int begin3 = inputBegin(nextOutput + i + 3);
    float sum0 = 0;
    float sum1 = 0;
    float sum2 = 0;
    float sum3 = 0;
    for (int k = 0; k < weights0.length; k++) {
      sum0 += weights0[k] * input[begin0 + k];
      sum1 += weights1[k] * input[begin1 + k];
      sum2 += weights2[k] * input[begin2 + k];
      sum3 += weights3[k] * input[begin3 + k];
    }
    output[i] = rounded(sum0);
    output[i + 1] = rounded(sum1);
    output[i + 2] = rounded(sum2);
    output[i + 3] = rounded(sum3);
  }

  private float[] weights(long output) {
    return lowPass.weights()[(int) (output * lowPass.inputStep() % lowPass.outputStep())];
  }

  /** Where the input of an output sample begins, counted from tailBegin. */
  private int inputBegin(long output) {
    return (int) (inputPosition(output) + 1 - lowPass.halfWidth() - tailBegin);
  }

  private static short rounded(float sum) {
    return (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, Math.round(sum)));
  }

  private static float[] floats(short[] samples) {
    float[] floats = new float[samples.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = samples[i];
    }
    return floats;
  }

  /** Writes the state that continues the stream bit for bit. */
  public void writeTo(DataOutput out) throws IOException {
    out.writeInt(inputRateHz);
    out.writeInt(outputRateHz);
    out.writeLong(tailBegin);
    out.writeLong(nextOutput);
    out.writeInt(tail.length);
    for (short sample : tail) {
      out.writeShort(sample);
    }
  }

  /** Reads the state written by {@link #writeTo}. */
  public static Resampler readFrom(ByteBuffer in) {
    Resampler resampler = new Resampler(in.getInt(), in.getInt());
    resampler.tailBegin = in.getLong();
    resampler.nextOutput = in.getLong();
    resampler.tail = new short[StateBytes.readCount(in, Short.BYTES)];
    for (int i = 0; i < resampler.tail.length; i++) {
      resampler.tail[i] = in.getShort();
    }
    return resampler;
  }

  private static int validRate(String name, int rateHz) {
    if (rateHz < MIN_RATE_HZ || rateHz > MAX_RATE_HZ) {
      throw new IllegalArgumentException(
          "%s must be from %d to %d, but is %d".formatted(name, MIN_RATE_HZ, MAX_RATE_HZ, rateHz));
    }
    return rateHz;
  }
}
