package io.undertone.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A {@link FakeEmotionModel} that recognizes utterances in a way of its own. */
public abstract class WrappedModel implements EmotionModel {
  protected final FakeEmotionModel model;

  protected WrappedModel(String name) {
    model = new FakeEmotionModel(name);
  }

  /** The results of the first utterances of a batch; empty for the others. */
  protected static List<Optional<Recognition>> padded(List<Recognition> recognitions, int size) {
    List<Optional<Recognition>> padded = new ArrayList<>();
    recognitions.forEach(recognition -> padded.add(Optional.of(recognition)));
    while (padded.size() < size) {
      padded.add(Optional.empty());
    }
    return padded;
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
  public ModelWork work() {
    return model.work();
  }

  @Override
  public void close() {
    model.close();
  }
}
