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
    for (int i = 0; i < output.length; i++) {
      output[i] = outputAt(nextOutput + i, available);
    }
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

  private short outputAt(long output, short[] available) {
    int phase = (int) (output * lowPass.inputStep() % lowPass.outputStep());
    float[] weights = lowPass.weights()[phase];
    int from = (int) (inputPosition(output) + 1 - lowPass.halfWidth() - tailBegin);
    float sum = 0;
    for (int k = 0; k < weights.length; k++) {
      sum += weights[k] * available[from + k];
    }
    return (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, Math.round(sum)));
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
