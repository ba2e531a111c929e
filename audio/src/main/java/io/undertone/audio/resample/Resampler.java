package io.undertone.audio.resample;

import io.undertone.audio.Pcm;
import io.undertone.audio.StateBytes;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Brings one stream of 16 bit samples to another sample rate. An output sample is a weighted sum of
 * input samples at whole positions, so neither the cutting into chunks nor a restore changes a bit.
 *
 * <p>Written here because no library in reach does it: the JDK's own converter is 9.5 dB down at
 * 3.4 kHz when it goes from 48 to 8 kHz, Concentus keeps its resampler to itself and it knows no
 * 44.1 kHz, jipes leaves the filter to its caller, and none can write down where it stands.
 */
public final class Resampler {
  public static final int MIN_RATE_HZ = 1000;
  public static final int MAX_RATE_HZ = 384_000;

  private final int inputRateHz;
  private final int outputRateHz;
  private final LowPass lowPass;

  /** Input that output still needs: the samples from position tailBegin on. */
  private short[] tail;

  private long tailBegin;
  private long nextOutput;

  public Resampler(int inputRateHz, int outputRateHz) {
    this.inputRateHz = validRate("inputRateHz", inputRateHz);
    this.outputRateHz = validRate("outputRateHz", outputRateHz);
    lowPass = LowPassTables.between(inputRateHz, outputRateHz);
    // Before the begin there is silence.
    tail = new short[inputRateHz == outputRateHz ? 0 : lowPass.halfWidth()];
    tailBegin = -tail.length;
  }

  /** A whole waveform at another rate, its begin and end kept in place. */
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

  /** Takes the stream's next samples and returns the output that they complete. */
  public short[] accept(short[] input) {
    if (inputRateHz == outputRateHz) {
      tailBegin += input.length;
      nextOutput = tailBegin;
      return input;
    }
    short[] heard = Arrays.copyOf(tail, tail.length + input.length);
    System.arraycopy(input, 0, heard, tail.length, input.length);
    long end = tailBegin + heard.length;
    long outputEnd = Math.max(nextOutput, outputsBefore(end - lowPass.halfWidth()));
    short[] output = new short[Math.toIntExact(outputEnd - nextOutput)];
    for (int i = 0; i < output.length; i++) {
      output[i] = outputAt(nextOutput + i, heard);
    }
    nextOutput = outputEnd;
    long keepFrom = Math.max(tailBegin, inputPosition(nextOutput) + 1 - lowPass.halfWidth());
    tail = Arrays.copyOfRange(heard, (int) (keepFrom - tailBegin), heard.length);
    tailBegin = keepFrom;
    return output;
  }

  /** The output that is still owed, as though silence followed. The stream ends with it. */
  public short[] drain() {
    long owedEnd = outputsBefore(tailBegin + tail.length);
    int owed = Math.toIntExact(owedEnd - nextOutput);
    return Arrays.copyOf(accept(new short[lowPass.halfWidth()]), owed);
  }

  /** Output samples that {@link #drain} would return. */
  public long owedSamples() {
    return outputsBefore(tailBegin + tail.length) - nextOutput;
  }

  /** How many output samples lie before an input position. */
  private long outputsBefore(long inputPosition) {
    return -Math.floorDiv(-inputPosition * lowPass.outputStep(), lowPass.inputStep());
  }

  /** Input position of an output sample, rounded down. */
  private long inputPosition(long output) {
    return output * lowPass.inputStep() / lowPass.outputStep();
  }

  private short outputAt(long output, short[] heard) {
    int phase = (int) (output * lowPass.inputStep() % lowPass.outputStep());
    float[] weights = lowPass.weights()[phase];
    int from = (int) (inputPosition(output) + 1 - lowPass.halfWidth() - tailBegin);
    float sum = 0;
    for (int k = 0; k < weights.length; k++) {
      sum += weights[k] * heard[from + k];
    }
    return (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, Math.round(sum)));
  }

  /** Writes all that the rest of the stream needs to go on bit for bit. */
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

  /** Reads what {@link #writeTo} wrote. */
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
