package io.undertone.model;

import io.undertone.model.MemorySnapshot.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The memory of {@link FakeEmotionModel}: a digest of all utterances, and their last hashes. */
final class FakeMemory implements ChannelMemory {
  private static final int HISTORY_TOKENS = 16;

  final FakeEmotionModel model;
  private int updateStep;
  private int[] history;
  private long digest;
  private boolean closed;

  FakeMemory(FakeEmotionModel model, int updateStep, int[] history, long digest) {
    this.model = model;
    this.updateStep = updateStep;
    this.history = history;
    this.digest = digest;
    model.memoryOpened();
  }

  Recognition recognize(float[] samples) {
    int hash = Arrays.hashCode(samples);
    history = lastTokens(hash);
    boolean inRange = true;
    for (float sample : samples) {
      inRange &= Math.abs(sample) < 1;
    }
    if (inRange) {
      digest = mixed(digest * 31 + hash);
      updateStep++;
    }
    int tokens = samples.length / FakeEmotionModel.SAMPLES_PER_TOKEN;
    float loss = inRange ? (hash & 0xff) / 64f : Float.NaN;
    return new Recognition(
        estimate(digest),
        new MemoryUpdate(inRange, loss, loss, tokens),
        Optional.of(estimate(mixed(hash))));
  }

  private int[] lastTokens(int token) {
    int kept = Math.min(history.length, HISTORY_TOKENS - 1);
    int[] tokens = Arrays.copyOfRange(history, history.length - kept, history.length + 1);
    tokens[kept] = token;
    return tokens;
  }

  /** Four shares that come from the four 16 bit pieces of the digest. */
  private static EmotionEstimate estimate(long digest) {
    float[] shares = pieces(digest);
    float sum = 0;
    for (int i = 0; i < shares.length; i++) {
      shares[i] += 1;
      sum += shares[i];
    }
    for (int i = 0; i < shares.length; i++) {
      shares[i] /= sum;
    }
    return new EmotionEstimate(shares);
  }

  @Override
  public int updateStep() {
    return updateStep;
  }

  @Override
  public long sizeBytes() {
    return FakeEmotionModel.MEMORY_BYTES;
  }

  @Override
  public MemorySnapshot snapshot() {
    checkOpen();
    Tensor tensor = new Tensor("fake.lora_A.weight", new int[] {Long.SIZE, 1}, bits(digest));
    return new MemorySnapshot(
        model.version().fingerprint(), updateStep, updateStep, history.clone(), List.of(tensor));
  }

  void checkOpen() {
    if (closed) {
      throw new IllegalStateException("memory must be open, but is closed");
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      model.memoryClosed();
    }
  }

  /** 16 bits each. */
  private static float[] pieces(long digest) {
    float[] pieces = new float[4];
    for (int i = 0; i < 4; i++) {
      pieces[i] = digest >>> (16 * i) & 0xffff;
    }
    return pieces;
  }

  /** Zeros and ones, which every encoding keeps. */
  private static float[] bits(long digest) {
    float[] bits = new float[Long.SIZE];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = digest >>> i & 1;
    }
    return bits;
  }

  static long joined(Tensor tensor) {
    long digest = 0;
    for (int i = 0; i < Long.SIZE; i++) {
      digest |= (long) tensor.values()[i] << i;
    }
    return digest;
  }

  /** The finaliser of SplittableRandom: each bit of the input changes half of the output. */
  private static long mixed(long z) {
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
