package io.undertone.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A {@link FakeEmotionModel} that fails on utterances whose first sample is {@link #POISON}, after
 * it has recognized those before them in the batch; and, once told so, on everything.
 */
public final class PoisonModel implements EmotionModel {
  public static final float POISON = 0.96875f;

  private final FakeEmotionModel model = new FakeEmotionModel("fake-1");
  private volatile @Nullable Throwable breakdown;

  /** Fails with an exception or error on every utterance from now on. */
  public void breakDown(Throwable failure) {
    breakdown = failure;
  }

  /** How many memories are open. */
  public int openMemories() {
    return model.openMemories();
  }

  @Override
  public ModelVersion version() {
    return model.version();
  }

  @Override
  public int sampleRateHz() {
    return model.sampleRateHz();
  }

  @Override
  public ChannelMemory newMemory(long seed) {
    return model.newMemory(seed);
  }

  @Override
  public ChannelMemory restore(MemorySnapshot snapshot) {
    return model.restore(snapshot);
  }

  @Override
  public List<Recognition> recognize(List<RecognitionRequest> requests) {
    if (breakdown instanceof Error error) {
      throw error;
    }
    if (breakdown instanceof RuntimeException exception) {
      throw exception;
    }
    List<Recognition> recognitions = new ArrayList<>();
    for (RecognitionRequest request : requests) {
      if (request.utterance().samples()[0] == POISON) {
        throw new PartlyFailedBatchException(
            padded(recognitions, requests.size()), new IllegalArgumentException("poison"));
      }
      recognitions.addAll(model.recognize(List.of(request)));
    }
    return recognitions;
  }

  private static List<Optional<Recognition>> padded(List<Recognition> recognitions, int size) {
    List<Optional<Recognition>> padded = new ArrayList<>();
    recognitions.forEach(recognition -> padded.add(Optional.of(recognition)));
    while (padded.size() < size) {
      padded.add(Optional.empty());
    }
    return padded;
  }

  @Override
  public ModelWork work() {
    return model.work();
  }

  @Override
  public void close() {
    model.close();
  }
}
