package io.undertone.operators.recognize;

import io.undertone.model.BatchLimits;
import io.undertone.model.EmotionModel;
import io.undertone.model.FakeEmotionModel;
import io.undertone.model.LoraMemory;
import io.undertone.model.MemorySnapshot;
import io.undertone.model.ModelVersion;
import io.undertone.model.ModelWork;
import io.undertone.model.Recognition;
import io.undertone.model.RecognitionLine;
import io.undertone.model.RecognitionQueue;
import io.undertone.model.RecognitionRequest;
import java.util.List;

/** A model whose device is lost, and that may want audio of another rate. */
final class BrokenModel implements EmotionModel {
  private final FakeEmotionModel model = new FakeEmotionModel("broken");
  private final RecognitionQueue queue = new RecognitionQueue(this);
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
  public LoraMemory newMemory(long seed) {
    return model.newMemory(seed);
  }

  @Override
  public LoraMemory restore(MemorySnapshot snapshot) {
    return model.restore(snapshot);
  }

  @Override
  public List<Recognition> recognize(List<RecognitionRequest> requests) {
    throw new IllegalStateException("the device is gone");
  }

  @Override
  public RecognitionLine openLine(BatchLimits limits) {
    return queue.openLine(limits);
  }

  @Override
  public ModelWork work() {
    return model.work();
  }

  @Override
  public void close() {
    queue.close();
    model.close();
  }
}
