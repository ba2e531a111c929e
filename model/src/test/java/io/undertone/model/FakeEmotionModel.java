package io.undertone.model;

import io.undertone.audio.Pcm;
import io.undertone.model.MemorySnapshot.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A model without a network, for tests of the code around a model. Its memory is a digest of all
 * utterances so far, and the digest gives the estimate: one utterance more, one less, or another
 * order changes the estimate. The update is dropped if a sample is outside (-1, 1) or NaN.
 */
public final class FakeEmotionModel implements EmotionModel {
  public static final int SAMPLE_RATE_HZ = 8000;
  static final int SAMPLES_PER_TOKEN = SAMPLE_RATE_HZ / 25;

  /** Size of each memory, as far as its users know. */
  public static final long MEMORY_BYTES = 16;

  private final ModelVersion version;
  private final AtomicInteger openMemories = new AtomicInteger();
  private volatile ModelWork work = ModelWork.NONE;

  public FakeEmotionModel(String fingerprint) {
    this.version = new ModelVersion("fake", fingerprint);
  }

  /** How many memories are open. */
  public int openMemories() {
    return openMemories.get();
  }

  @Override
  public ModelVersion version() {
    return version;
  }

  @Override
  public int sampleRateHz() {
    return SAMPLE_RATE_HZ;
  }

  @Override
  public ChannelMemory newMemory(long seed) {
    return new FakeMemory(this, 0, new int[0], seed);
  }

  @Override
  public ChannelMemory restore(MemorySnapshot snapshot) {
    if (!snapshot.modelFingerprint().equals(version.fingerprint())) {
      throw new ModelMismatchException(version.fingerprint(), snapshot.modelFingerprint());
    }
    Tensor digest = snapshot.tensors().get(0);
    return new FakeMemory(
        this, snapshot.updateStep(), snapshot.history().clone(), FakeMemory.joined(digest));
  }

  @Override
  public List<Recognition> recognize(List<RecognitionRequest> requests) {
    check(requests);
    List<Recognition> recognitions = new ArrayList<>();
    for (RecognitionRequest request : requests) {
      recognitions.add(((FakeMemory) request.memory()).recognize(request.utterance().samples()));
    }
    long tokens =
        requests.stream()
            .mapToLong(request -> request.utterance().samples().length / SAMPLES_PER_TOKEN)
            .sum();
    count(requests.size(), tokens);
    return recognitions;
  }

  private synchronized void count(int utterances, long tokens) {
    work = work.withBatch(utterances, tokens, 0);
  }

  private void check(List<RecognitionRequest> requests) {
    if (requests.isEmpty()) {
      throw new IllegalArgumentException("requests must be at least 1, but are 0");
    }
    Set<ChannelMemory> seen = new HashSet<>();
    for (RecognitionRequest request : requests) {
      if (!(request.memory() instanceof FakeMemory memory) || memory.model != this) {
        throw new IllegalArgumentException("memory must be one of this model: " + request.memory());
      }
      if (!seen.add(memory)) {
        throw new IllegalArgumentException("memory must be in a batch once, but is twice");
      }
      memory.checkOpen();
      Pcm utterance = request.utterance();
      if (utterance.sampleRateHz() != SAMPLE_RATE_HZ) {
        throw new IllegalArgumentException(
            "sampleRateHz must be " + SAMPLE_RATE_HZ + ", but is " + utterance.sampleRateHz());
      }
      if (utterance.samples().length < SAMPLES_PER_TOKEN) {
        throw new IllegalArgumentException(
            "utterance must have at least %d samples, but has %d"
                .formatted(SAMPLES_PER_TOKEN, utterance.samples().length));
      }
    }
  }

  void memoryOpened() {
    openMemories.incrementAndGet();
  }

  void memoryClosed() {
    openMemories.decrementAndGet();
  }

  @Override
  public ModelWork work() {
    return work;
  }

  @Override
  public void close() {}
}
