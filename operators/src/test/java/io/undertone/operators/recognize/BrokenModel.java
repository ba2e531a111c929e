package io.undertone.operators.recognize;

import io.undertone.model.ChannelMemory;
import io.undertone.model.EmotionModel;
import io.undertone.model.FakeEmotionModel;
import io.undertone.model.MemorySnapshot;
import io.undertone.model.ModelVersion;
import io.undertone.model.ModelWork;
import io.undertone.model.Recognition;
import io.undertone.model.RecognitionRequest;
import java.util.List;

/** A model whose device is lost, at a sample rate of your choice. */
final class BrokenModel implements EmotionModel {
  private final FakeEmotionModel model = new FakeEmotionModel("broken");
  private final int sampleRateHz;

  BrokenModel(int sampleRateHz) {
    this.sampleRateHz = sampleRateHz;
  }

  @Override
  public ModelVersion version() {
    return model.version();
  }

  @Override
  public int sampleRateHz() {
    return sampleRateHz;
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
    throw new IllegalStateException("the device is gone");
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
